import { fromBase64, toBase64 } from '../../sigv4/crypto.js'

/**
 * Writes bytes, or text as UTF-8, in the URL-safe alphabet and without padding.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4648#section-5
 */
export function toBase64Url(bytes: Uint8Array | string): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/**
 * Reads what {@link toBase64Url} wrote.
 *
 * @throws DOMException named `InvalidCharacterError` when the text is not base64url.
 */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
}
