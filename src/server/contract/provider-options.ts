import type { ContentSniffer } from './files.js'

/** A storage service whose ways are known. */
export type Provider = 'aws' | 'r2' | 'minio' | 'ceph' | 'generic'

/** What of a signing handler depends on the storage, and what becomes of unclaimed objects. */
export interface ProviderOptions {
  /**
   * Whose storage it is: sets `method`, `overwrite`, `checksums`, `forcePathStyle` and the largest sizes to what works
   * there. Each of those options wins over it. `'generic'` suits Backblaze B2, OVH and every other S3-compatible service.
   *
   * @default 'aws'
   */
  readonly provider?: Provider
  /**
   * What becomes of stored objects that are not claimed. With `'tag'`, uploads are born with the tag
   * `s3-direct-upload=pending`: `abort-uploads` deletes an object that still has it, unless only the app claims, and a
   * lifecycle rule of the bucket expires the rest. With `'keep'`, no aborted upload costs a stored object.
   *
   * @default 'keep'
   */
  readonly unclaimed?: 'keep' | 'tag'
  /**
   * What claims an object, that is, removes the tag: its completion, or only `claimUpload` in your own back end; then
   * `abort-uploads` deletes no object, which the app might be claiming. Needs `unclaimed: 'tag'`.
   *
   * @default 'on-complete'
   */
  readonly claim?: 'on-complete' | 'by-app'
  /**
   * Tells the type of a file from its first bytes. At completion it must agree with the type that was signed; the object
   * is deleted otherwise, and the file ends with `type-mismatch`. A picture, a film or a font that contains HTML or
   * SVG is refused whatever this function says. So that the bytes stay the ones that were checked, files go by PUT with
   * `If-None-Match`, unless the signature binds their checksum and `method` is `'POST'`.
   *
   * @default file contents are not checked
   * @example
   * contentCheck: async (bytes) => (await fileTypeFromBuffer(bytes))?.mime // of the package file-type
   */
  readonly contentCheck?: ContentSniffer
}
