const token = "[A-Za-z0-9!#$%&'*+.^_`|~-]+"
const parameter = `[ \\t]*;[ \\t]*${token}=(?:${token}|"[A-Za-z0-9 !#$%&'*+.^_\`|~:/?=@()-]*")`
const mediaType = new RegExp(`^${token}/${token}(?:${parameter})*$`)

/** The content type of bytes about which nothing is known. */
export const unknownContentType = 'application/octet-stream'

/**
 * Returns the content type to sign: what the browser declares if it is one media type, else the unknown one.
 *
 * A list (`image/png,text/html`) is refused, since browsers and policies read such values in different ways.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-media-type
 */
export function contentTypeOf(declared: string): string {
  const trimmed = declared.trim()
  return mediaType.test(trimmed) ? trimmed : unknownContentType
}

/** Returns a media type without its parameters, in lower case. */
export function mediaTypeEssence(type: string): string {
  return (type.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/** Tells whether two content types say the same, apart from case and blanks. */
export function isSameContentType(a: string, b: string): boolean {
  return withoutBlanks(a) === withoutBlanks(b)
}

const riskyTypes: readonly RegExp[] = [
  /^text\/(?:html|xml|xsl)/,
  /[/+]xml(?:-|$)/,
  /^(?:text|application)\/(?:x-)?(?:java|ecma|j|live)script/,
  /^(?:multipart|message)\//,
  /^application\/x-shockwave-flash$/,
]

/** Tells whether a browser may run script when it opens an object of this type. */
export function canRunScript(contentType: string): boolean {
  const essence = mediaTypeEssence(contentType)
  return riskyTypes.some((pattern) => pattern.test(essence))
}

function withoutBlanks(type: string): string {
  return type
    .toLowerCase()
    .replace(/\s*;\s*/g, ';')
    .trim()
}
