/** The document is not well-formed, or has what S3 never sends: a DTD, entities of its own, great depth or length. */
export class XmlError extends Error {
  override readonly name = 'XmlError'
  readonly code = 'malformed-xml'
  /** Where in the text reading stopped, in UTF-16 code units. */
  readonly position: number

  constructor(problem: string, position: number) {
    super(`s3-direct-upload: the XML cannot be read, ${problem} (at character ${position}).`)
    this.position = position
  }
}

/** A text and how far it has been read; the position only moves forward. */
export interface Scanner {
  readonly source: string
  position: number
}

/** https://www.w3.org/TR/xml/#charsets */
const notXmlCharacter = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u
const nameHere = /[\p{L}_:][\p{L}\p{M}\p{N}_:.\u00b7-]*/uy
const spaceHere = /[ \t\r\n]+/y
const lineEndOrReference = /\r\n?|&[^&;]*;?/g
const referenceForm = /^&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|([a-z]{2,4}));$/
const namedCharacters: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

/** Begins to read a text, after its byte order mark if it has one. */
export function createScanner(source: string): Scanner {
  const illegal = source.search(notXmlCharacter)
  if (illegal >= 0) throw new XmlError('it has a character that XML does not allow', illegal)
  return { source, position: source.startsWith('\ufeff') ? 1 : 0 }
}

export function startsWith(scanner: Scanner, text: string): boolean {
  return scanner.source.startsWith(text, scanner.position)
}

/** Takes `text`, which must come next. */
export function take(scanner: Scanner, text: string): void {
  if (!startsWith(scanner, text)) {
    throw new XmlError(`"${text}" is missing`, scanner.position)
  }
  scanner.position += text.length
}

/** Takes everything before `end`, and `end` itself. */
export function takeThrough(scanner: Scanner, end: string): string {
  const index = scanner.source.indexOf(end, scanner.position)
  if (index < 0) throw new XmlError(`"${end}" is missing`, scanner.position)
  const taken = scanner.source.slice(scanner.position, index)
  scanner.position = index + end.length
  return taken
}

/** Takes white space; false when there is none. */
export function takeSpace(scanner: Scanner): boolean {
  return match(scanner, spaceHere) !== undefined
}

/** Takes the name of an element, attribute or instruction. */
export function takeName(scanner: Scanner): string {
  const [name] = match(scanner, nameHere) ?? []
  if (name === undefined) throw new XmlError('a name is missing', scanner.position)
  return name
}

/** Takes text up to the next markup and resolves its references: the five named characters and numbers. */
export function takeText(scanner: Scanner): string {
  const next = scanner.source.indexOf('<', scanner.position)
  const end = next < 0 ? scanner.source.length : next
  if (scanner.source.slice(scanner.position, end).includes(']]>')) {
    throw new XmlError('"]]>" closes no character data', scanner.position)
  }
  return takeCharacters(scanner, end)
}

/** Takes what a CDATA section holds, up to its end. */
export function takeCharacterData(scanner: Scanner): string {
  return takeThrough(scanner, ']]>').replace(/\r\n?/g, '\n')
}

/** Takes ` name="value"` as often as it comes; the values are checked, not kept. */
export function takeAttributes(scanner: Scanner): void {
  const names = new Set<string>()
  while (takeSpace(scanner) && !startsWith(scanner, '>') && !startsWith(scanner, '/>')) {
    const name = takeName(scanner)
    if (names.has(name)) throw new XmlError(`an attribute is there twice`, scanner.position)
    names.add(name)
    takeSpace(scanner)
    take(scanner, '=')
    takeSpace(scanner)
    takeAttributeValue(scanner)
  }
}

function takeAttributeValue(scanner: Scanner): void {
  const quote = startsWith(scanner, "'") ? "'" : '"'
  take(scanner, quote)
  const end = scanner.source.indexOf(quote, scanner.position)
  const hasEnd = end >= 0 && !scanner.source.slice(scanner.position, end).includes('<')
  if (!hasEnd) throw new XmlError('an attribute value has no end', scanner.position)
  takeCharacters(scanner, end)
  take(scanner, quote)
}

function takeCharacters(scanner: Scanner, end: number): string {
  const start = scanner.position
  scanner.position = end
  return scanner.source
    .slice(start, end)
    .replace(lineEndOrReference, (found, offset: number) =>
      found.startsWith('\r') ? '\n' : resolveReference(found, start + offset),
    )
}

function resolveReference(reference: string, position: number): string {
  const [, decimal, hexadecimal, name = ''] = referenceForm.exec(reference) ?? []
  const codePoint = Number.parseInt(decimal ?? hexadecimal ?? '', decimal ? 10 : 16)
  const character = codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : namedCharacters[name]
  if (character !== undefined && !notXmlCharacter.test(character)) return character
  throw new XmlError('"&" begins no reference to a character', position)
}

function match(scanner: Scanner, sticky: RegExp): RegExpExecArray | undefined {
  sticky.lastIndex = scanner.position
  const found = sticky.exec(scanner.source) ?? undefined
  if (found) scanner.position = sticky.lastIndex
  return found
}
