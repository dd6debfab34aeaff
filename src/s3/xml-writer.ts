/** What to write inside an element: text, or child elements by name; a list repeats its element, `undefined` leaves it out. */
export type XmlContent =
  | string
  | number
  | boolean
  | { readonly [name: string]: XmlContent | readonly XmlContent[] | undefined }

const specialCharacter = /[&<>"'\r]|[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
const replacements: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // A bare carriage return would be read back as a line feed.
  '\r': '&#13;',
}

/** Writes text so that it can stand between tags or in an attribute; characters XML cannot carry become U+FFFD. */
export function escapeXml(text: string): string {
  return text.replace(specialCharacter, (character) => replacements[character] ?? '\ufffd')
}

/**
 * Writes a document with one root element.
 *
 * @example
 * writeXml('Error', { Code: 'NoSuchKey', Key: 'a & b' })
 * // '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Key>a &amp; b</Key></Error>'
 */
export function writeXml(name: string, content: XmlContent, xmlns?: string): string {
  const namespace = xmlns === undefined ? '' : ` xmlns="${escapeXml(xmlns)}"`
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>'
  return `${declaration}\n<${name}${namespace}>${writeContent(content)}</${name}>`
}

function writeContent(content: XmlContent): string {
  if (typeof content !== 'object') return escapeXml(String(content))
  let xml = ''
  for (const [name, value] of Object.entries(content)) {
    if (value === undefined) continue
    const values = isList(value) ? value : [value]
    for (const each of values) xml += `<${name}>${writeContent(each)}</${name}>`
  }
  return xml
}

function isList(value: XmlContent | readonly XmlContent[]): value is readonly XmlContent[] {
  return Array.isArray(value)
}
