/** An object in the bucket that the server has looked at itself, and what the browser said about the file. */
export interface StoredUpload<Metadata = Readonly<Record<string, string>>> {
  /** The UUID the client made for the file. */
  readonly id: string
  readonly bucket: string
  readonly key: string
  /** Size in bytes, as S3 reports it. */
  readonly size: number
  /** As S3 writes it, with its quotation marks. */
  readonly etag: string
  /** Where the bucket keeps versions. */
  readonly versionId?: string
  readonly contentType: string
  /** SHA-256 of the bytes, base64, where the page gave one and S3 holds it. */
  readonly checksum?: string
  /** Who uploaded it, as `authorize` said. */
  readonly owner: string
  /** The file's own name as the browser gave it: text to show and to escape, never a path to open. */
  readonly name: string
  /** Path within the dropped folder as the browser gave it: never a path to open. */
  readonly relativePath?: string
  /** Values the page sent along, as the `metadata` schema of the handler returned them. */
  readonly metadata: Metadata
}
