/**
 * What turns bytes into a page, an image that runs script, or a script, wherever browsers guess.
 *
 * Each needs what follows a tag's name, so that compressed data does not have it by chance.
 *
 * @see https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type
 */
const markup =
  /<(?:!doctype\s+(?:html|svg)|(?:html|head|body|script|iframe|svg|object|embed|foreignobject|meta|style|xsl:stylesheet)(?=[\s/>]))/i

/** Tells whether the bytes contain HTML or SVG, at their beginning or hidden behind that of another format. */
export function containsMarkup(bytes: Uint8Array): boolean {
  const isWide = bytes[0] === 0xff || bytes[0] === 0xfe
  // One character for each byte: nothing is lost, and markup is ASCII. Of UTF-16 each second byte is none.
  const text = new TextDecoder('latin1').decode(bytes)
  return markup.test(text) || (isWide && markup.test(text.replaceAll('\0', '')))
}
