import type { ObjectStorage } from '../../objects/storage-headers.js'

/** The one object that a signature allows; the browser can change nothing of it. */
export interface ObjectToSign {
  readonly key: string
  /** Exact size in bytes. */
  readonly size: number
  readonly contentType: string
  readonly storage: ObjectStorage
  /** SHA-256 of the bytes, base64. */
  readonly checksum: string | undefined
  /** Whether a PUT may replace an object under the key. */
  readonly overwrite: 'refuse' | 'allow'
}
