import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'

const encoder = new TextEncoder()
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII.
const ascii = /^[\x00-\x7f]*$/
const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** A key that is ready for many calls of {@link hmacSha256}. */
export type HmacKey = ReturnType<typeof hmac.create>

/**
 * Computes HMAC-SHA-256; text counts as its UTF-8 bytes, and an imported key saves the import.
 *
 * Not by WebCrypto: for texts as short as these, the way to its threads and back takes longer than the hash.
 */
export function hmacSha256(
  key: Uint8Array | string | HmacKey,
  data: Uint8Array | string,
): Uint8Array<ArrayBuffer> {
  const isRaw = typeof key === 'string' || ArrayBuffer.isView(key)
  const mac = isRaw ? importHmacKey(key) : key.clone()
  return mac.update(toBytes(data)).digest()
}

/** Prepares a key for many calls of {@link hmacSha256}. */
export function importHmacKey(key: Uint8Array | string): HmacKey {
  return hmac.create(nobleSha256, toBytes(key))
}

/** Computes SHA-256; text counts as its UTF-8 bytes. */
export function sha256(data: Uint8Array | string): Uint8Array<ArrayBuffer> {
  return nobleSha256(toBytes(data))
}

/** Writes bytes as lower-case hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += hexPairs[byte]
  return hex
}

/** Writes bytes as base64 with padding; text counts as its UTF-8 bytes. */
export function toBase64(bytes: Uint8Array | string): string {
  // ASCII is its own UTF-8, and most of what is signed is nothing else.
  if (typeof bytes === 'string' && ascii.test(bytes)) return btoa(bytes)
  let binary = ''
  for (const byte of toBytes(bytes)) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/**
 * Reads base64.
 *
 * @throws DOMException named `InvalidCharacterError` when the text is not base64.
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index)
  return bytes
}

/** Compares two secrets in a time that depends on their length alone; text counts as its UTF-8 bytes. */
export function timingSafeEqual(a: Uint8Array | string, b: Uint8Array | string): boolean {
  const left = toBytes(a)
  const right = toBytes(b)
  if (left.length !== right.length) return false
  let difference = 0
  for (let index = 0; index < left.length; index++) {
    difference |= (left[index] ?? 0) ^ (right[index] ?? 0)
  }
  return difference === 0
}

function toBytes(data: Uint8Array | string): Uint8Array<ArrayBuffer> {
  if (typeof data === 'string') return encoder.encode(data)
  // WebCrypto itself refuses shared memory, the only other buffer a Uint8Array can have.
  return data as Uint8Array<ArrayBuffer>
}
