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
 * Says why a key should not be used, as the end of a sentence that begins "the key"; `undefined` when it can be.
 *
 * Some of these keys S3 would store, but URLs drop dot segments, and proxies merge empty ones.
 */
export function objectKeyProblem(key: string): string | undefined {
  if (key === '') return 'is empty'
  if (loneSurrogate.test(key)) return 'contains half a character (a lone surrogate)'
  if (controlCharacter.test(key)) return 'contains a control character'
  const bytes = encoder.encode(key).length
  if (bytes > maxKeyBytes) return `is ${bytes} bytes long; S3 allows ${maxKeyBytes}`
  const segments = key.split('/')
  if (segments.includes(''))
    return 'has an empty segment: a slash at its start or end, or two in a row'
  if (segments.includes('.') || segments.includes('..')) return 'has a "." or ".." segment'
  return undefined
}
