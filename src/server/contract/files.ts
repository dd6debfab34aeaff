/** A stored file, as it was declared and signed. */
export interface DeclaredFile {
  /** The content type it is stored with. */
  readonly contentType: string
  /** The file's own name as the browser gave it. */
  readonly name: string
  /** Of the whole file, in bytes. */
  readonly size: number
}

/**
 * Tells the media type of a file from its first bytes, such as `image/png`; nothing when it knows none that fits.
 *
 * @example
 * import { fileTypeFromBuffer } from 'file-type'
 * const sniff = async (bytes: Uint8Array) => (await fileTypeFromBuffer(bytes))?.mime
 */
export type ContentSniffer = (
  bytes: Uint8Array,
  declared: DeclaredFile,
) => string | undefined | Promise<string | undefined>
