import {
  createScanner,
  type Scanner,
  startsWith,
  take,
  takeAttributes,
  takeCharacterData,
  takeName,
  takeSpace,
  takeText,
  takeThrough,
  XmlError,
} from './xml-scanner.js'

/** An element of an XML document; attributes are left out, because nothing S3 says is in one. */
export interface XmlElement {
  /** As written, with its prefix if it has one. */
  readonly name: string
  /** The element's own text, references resolved, without that of its children. */
  readonly text: string
  readonly children: readonly XmlElement[]
}

interface OpenElement {
  readonly name: string
  text: string
  readonly children: XmlElement[]
}

interface Document {
  readonly scanner: Scanner
  readonly openElements: OpenElement[]
  root?: XmlElement
}

/** Several times the largest document of S3, a page of 1,000 objects with the longest keys. */
const maxLength = 16 * 1024 * 1024
const maxDepth = 32

/**
 * Reads an XML document into its root element, in a time that grows with its length only.
 *
 * White space before the document is accepted: servers keep a slow answer alive with it.
 *
 * @throws XmlError when the text is not well-formed, has a DTD, or is deeper than 32 elements or longer than 16 Mi characters.
 * @see https://www.w3.org/TR/xml/
 */
export function parseXml(text: string): XmlElement {
  if (text.length > maxLength) throw new XmlError(`it is longer than ${maxLength} characters`, 0)
  const scanner = createScanner(text)
  const document: Document = { scanner, openElements: [] }
  takeSpace(scanner)
  if (/^<\?xml\s/.test(text.slice(scanner.position, scanner.position + 6))) {
    takeThrough(scanner, '?>')
  }
  while (scanner.position < text.length) readNext(document)
  const unclosed = document.openElements.at(-1)
  if (unclosed) throw new XmlError(`<${unclosed.name}> is not closed`, text.length)
  if (!document.root) throw new XmlError('it has no root element', text.length)
  return document.root
}

/** Returns the text of the first child of that name. */
export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text
}

/** Returns the children of that name, in document order. */
export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name)
}

function readNext(document: Document): void {
  const { scanner } = document
  if (!startsWith(scanner, '<')) readText(document)
  else if (startsWith(scanner, '</')) readClosingTag(document)
  else if (startsWith(scanner, '<!--')) skipComment(scanner)
  else if (startsWith(scanner, '<![CDATA[')) readCharacterData(document)
  else if (startsWith(scanner, '<?')) skipInstruction(scanner)
  else readOpeningTag(document)
}

function readText({ scanner, openElements }: Document): void {
  const start = scanner.position
  const text = takeText(scanner)
  const element = openElements.at(-1)
  if (element) element.text += text
  else if (/[^ \t\n]/.test(text)) throw new XmlError('it has text outside the root element', start)
}

function readCharacterData({ scanner, openElements }: Document): void {
  const element = openElements.at(-1)
  if (!element) throw new XmlError('it has text outside the root element', scanner.position)
  take(scanner, '<![CDATA[')
  element.text += takeCharacterData(scanner)
}

function readOpeningTag(document: Document): void {
  const { scanner, openElements, root } = document
  if (root) throw new XmlError('it has a second root element', scanner.position)
  if (openElements.length >= maxDepth) {
    throw new XmlError(`it is deeper than ${maxDepth} elements`, scanner.position)
  }
  take(scanner, '<')
  openElements.push({ name: takeName(scanner), text: '', children: [] })
  takeAttributes(scanner)
  const isEmpty = startsWith(scanner, '/>')
  take(scanner, isEmpty ? '/>' : '>')
  if (isEmpty) closeElement(document)
}

function readClosingTag(document: Document): void {
  const { scanner, openElements } = document
  take(scanner, '</')
  const name = takeName(scanner)
  if (name !== openElements.at(-1)?.name) {
    throw new XmlError(`</${name}> closes no open element`, scanner.position)
  }
  takeSpace(scanner)
  take(scanner, '>')
  closeElement(document)
}

function closeElement(document: Document): void {
  const element = document.openElements.pop()
  const parent = document.openElements.at(-1)
  if (parent && element) parent.children.push(element)
  else document.root = element
}

function skipComment(scanner: Scanner): void {
  take(scanner, '<!--')
  takeThrough(scanner, '--')
  take(scanner, '>')
}

function skipInstruction(scanner: Scanner): void {
  take(scanner, '<?')
  if (takeName(scanner).toLowerCase() === 'xml') {
    throw new XmlError('the XML declaration is not at the beginning', scanner.position)
  }
  takeThrough(scanner, '?>')
}
