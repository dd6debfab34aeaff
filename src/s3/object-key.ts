import { maxKeyBytes } from './limits.js'

const notPlain = /[^A-Za-z0-9\-._~/]/
const loneSurrogate = /\p{Surrogate}/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const controlCharacter = /[\u0000-\u001f\u007f-\u009f]/
const encoder = new TextEncoder()

/**
 * Encodes an object key for the path of a URL: RFC 3986 throughout, slashes kept.
 *
 * @example
 * encodeObjectKey('a b/é+(1).txt') // 'a%20b/%C3%A9%2B%281%29.txt'
 * @throws URIError when the key has a lone surrogate and so no UTF-8 form.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
export function encodeObjectKey(key: string): string {
  if (!notPlain.test(key)) return key
  return encodeURIComponent(key).replace(/%2F|[!'()*]/g, (piece) =>
    piece === '%2F' ? '/' : `%${piece.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/**
 * Encodes an object key for the path of a URL, beside which nothing drops its `.` and `..` segments: the slashes next to
 * them become `%2F`, by which URLs end no segment, and which S3 reads as a slash.
 *
 * @example
 * encodeObjectPath('a/../b') // 'a%2F..%2Fb'
 * @see https://url.spec.whatwg.org/#double-dot-path-segment
 */
export function encodeObjectPath(key: string): string {
  const [first = '', ...others] = encodeObjectKey(key).split('/')
  let previous = first
  let path = first
  for (const segment of others) {
    path += isDotSegment(previous) || isDotSegment(segment) ? '%2F' : '/'
    path += segment
    previous = segment
  }
  return path
}

/**
 * Says why S3 cannot serve an object under a key, as the end of a sentence that begins "the key"; `undefined` when it can.
 *
 * Every other key has a URL, whatever may be better not in a key of one's own.
 */
export function servedKeyProblem(key: string): string | undefined {
  if (key === '') return 'is empty'
  if (loneSurrogate.test(key)) return 'contains half a character (a lone surrogate)'
  const bytes = encoder.encode(key).length
  if (bytes > maxKeyBytes) return `is ${bytes} bytes long; S3 allows ${maxKeyBytes}`
  if (isDotSegment(key)) return 'is a "." or ".." segment, which no URL can name'
  return undefined
}

/**
 * Says why a key should not be used, as the end of a sentence that begins "the key"; `undefined` when it can be.
 *
 * Some of these keys S3 would store, but URLs drop dot segments, and proxies merge empty ones.
 */
export function objectKeyProblem(key: string): string | undefined {
  const problem = servedKeyProblem(key)
  if (problem !== undefined) return problem
  if (controlCharacter.test(key)) return 'contains a control character'
  const segments = key.split('/')
  if (segments.includes(''))
    return 'has an empty segment: a slash at its start or end, or two in a row'
  if (segments.includes('.') || segments.includes('..')) return 'has a "." or ".." segment'
  return undefined
}

function isDotSegment(segment: string): boolean {
  return segment === '.' || segment === '..'
}
