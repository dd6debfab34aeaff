/** What S3 says when it refuses a request. */
export interface S3ErrorDocument {
  /** The stable name of the error, such as `NoSuchKey`. */
  readonly code: string
  /** S3's own sentence; empty when it sent none. */
  readonly message: string
  /** What AWS support asks for. */
  readonly requestId: string | undefined
  /** Where the bucket is, if the request was signed for another region. */
  readonly region: string | undefined
}

const beginning = /^[\ufeff\s]*(?:<\?xml[^<>]*>\s*)?<Error(?:\s[^<>]*)?>/
const end = '</Error>'

/**
 * Reads an error document; a body that is none, such as a proxy's HTML page, is `undefined`.
 *
 * Its elements hold texts and nothing else, so that a page can read it without an XML parser.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function parseS3Error(body: string): S3ErrorDocument | undefined {
  if (!beginning.test(body) || !body.trimEnd().endsWith(end)) return undefined
  const code = textOf(body, 'Code')?.trim()
  if (!code) return undefined
  return {
    code,
    message: textOf(body, 'Message') ?? '',
    requestId: textOf(body, 'RequestId'),
    region: textOf(body, 'Region'),
  }
}

function textOf(body: string, element: string): string | undefined {
  const opening = `<${element}>`
  const start = body.indexOf(opening)
  const stop = body.indexOf(`</${element}>`, start)
  if (start < 0 || stop < 0) return undefined
  const text = body.slice(start + opening.length, stop)
  const [, data] = /^\s*<!\[CDATA\[(.*)]]>\s*$/s.exec(text) ?? []
  return data ?? text.replace(/&(#?\w+);/g, resolve)
}

const characters: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
}

/** @see https://www.w3.org/TR/xml/#sec-references */
function resolve(reference: string, name: string): string {
  if (!name.startsWith('#')) return characters[name] ?? reference
  const code = Number(name.replace('#', name.startsWith('#x') ? '0' : ''))
  return code <= 0x10ffff ? String.fromCodePoint(code) : reference
}
