import { sha256, toHex } from './crypto.js'
import { amzDate } from './signing-time.js'
import { uriEncode } from './uri-encode.js'

/** The parts of a request that a signature covers. */
interface CanonicalInput {
  readonly method: string
  /** A `URL`, or its parts as they came over the wire: a `URL` drops dot segments. */
  readonly url: Pick<URL, 'pathname' | 'search'>
  /** Every header that may be signed, also `host`; names in any case. */
  readonly headers: Iterable<readonly [string, string]>
  /** The names that are signed, in lower case and sorted. */
  readonly signedHeaders: readonly string[]
  /** SHA-256 of the body in hexadecimal, or `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string
  /** Query parameters that stay out, such as `X-Amz-Signature`. */
  readonly excludeQuery?: readonly string[]
}

const canonicalPath = /^[A-Za-z0-9\-._~/]+$/
const pathPiece = /%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~/%]+|%/gu
const unreservedOrSlash = /[A-Za-z0-9\-._~/]/

/**
 * Writes a request in the one form that client and server both sign.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sig-v4-header-based-auth.html
 */
export function canonicalRequest(input: CanonicalInput): string {
  const { method, url, headers, signedHeaders, payloadHash, excludeQuery } = input
  return [
    method.toUpperCase(),
    canonicalUri(url.pathname),
    canonicalQuery(url.search, excludeQuery),
    canonicalHeaders(headers, signedHeaders),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n')
}

/** Encodes a URL's path once, whatever way it was encoded; unlike other services, S3 keeps `//` and `/./`. */
export function canonicalUri(pathname: string): string {
  if (canonicalPath.test(pathname)) return pathname
  if (pathname === '') return '/'
  return pathname.replace(pathPiece, canonicalPiece)
}

/** Encodes a URL's query and sorts it by name, then by value; a parameter without value gets an empty one. */
export function canonicalQuery(search: string, exclude: readonly string[] = []): string {
  if (search === '' || search === '?') return ''
  const pairs: [string, string][] = []
  for (const [name, value] of new URLSearchParams(search)) {
    if (!exclude.includes(name)) pairs.push([uriEncode(name), uriEncode(value)])
  }
  return pairs
    .sort(byNameThenValue)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** Writes the signed headers one a line, white space trimmed and collapsed, repeated ones joined by a comma. */
export function canonicalHeaders(
  headers: Iterable<readonly [string, string]>,
  signedHeaders: readonly string[],
): string {
  const values = new Map<string, string>()
  for (const [name, value] of headers) {
    const lowerCaseName = name.toLowerCase()
    const earlier = values.get(lowerCaseName)
    const trimmed = trimHeaderValue(value)
    values.set(lowerCaseName, earlier === undefined ? trimmed : `${earlier},${trimmed}`)
  }
  let lines = ''
  for (const name of signedHeaders) lines += `${name}:${values.get(name) ?? ''}\n`
  return lines
}

/** Puts time, scope and the hash of the canonical request together into the text that is signed. */
export function stringToSign(input: {
  readonly date: Date
  readonly scope: string
  readonly canonicalRequest: string
}): string {
  const hash = toHex(sha256(input.canonicalRequest))
  return `AWS4-HMAC-SHA256\n${amzDate(input.date)}\n${input.scope}\n${hash}`
}

function canonicalPiece(piece: string): string {
  // Byte by byte, because a path need not be UTF-8.
  if (piece.length !== 3 || piece[0] !== '%') return uriEncode(piece)
  const character = String.fromCharCode(Number.parseInt(piece.slice(1), 16))
  return unreservedOrSlash.test(character) ? character : piece.toUpperCase()
}

function byNameThenValue(a: [string, string], b: [string, string]): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1
  if (a[1] !== b[1]) return a[1] < b[1] ? -1 : 1
  return 0
}

/** Only what HTTP calls white space; a no-break space belongs to the value. */
function trimHeaderValue(value: string): string {
  return value.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '')
}
