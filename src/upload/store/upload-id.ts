import type { Runtime } from '../../async/runtime.js'

/**
 * Makes a random UUID.
 *
 * `crypto.randomUUID` exists in secure contexts alone; an app may be served by plain http in a local network.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-4
 */
export function createUploadId({ randomBytes }: Pick<Runtime, 'randomBytes'>): string {
  const bytes = randomBytes(16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
