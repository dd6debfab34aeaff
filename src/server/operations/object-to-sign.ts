/** The one object that a signature allows; the browser can change nothing of it. */
export interface ObjectToSign {
  readonly key: string
  /** Exact size in bytes. */
  readonly size: number
  readonly contentType: string
  readonly contentDisposition: string | undefined
  /** SHA-256 of the bytes, base64. */
  readonly checksum: string | undefined
  /** Whether a PUT may replace an object under the key. */
  readonly overwrite: 'refuse' | 'allow'
  /** Whether it is born with the tag of objects that nobody has claimed. */
  readonly unclaimed: 'keep' | 'tag'
}
