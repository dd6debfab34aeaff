/** What the page says of a file that it wants to upload. The bytes are not known yet. */
export interface RequestedFile {
  /** The UUID the client made for the file. */
  readonly id: string
  /** The file's own name: text to show and to escape, never a path to open. */
  readonly name: string
  /** The media type the browser reports; empty when it knows none. */
  readonly type: string
  /** Size in bytes; the signature binds the upload to it. */
  readonly size: number
  /** Path within the dropped folder: never a path to open. */
  readonly relativePath?: string | undefined
}

/** A file that the rules and the `metadata` schema let pass. */
export interface FileToUpload<Metadata = Readonly<Record<string, string>>> extends RequestedFile {
  /** With which media type the object will be stored. */
  readonly contentType: string
  /** What the page sent along, as the `metadata` schema returned it. */
  readonly metadata: Metadata
}

/** What one signing request asks for. The client sends as many of them as it needs. */
export interface RequestFacts {
  /** At most 100. */
  readonly files: readonly RequestedFile[]
  readonly totalBytes: number
}

/** A file for which `key` returns an object key. */
export interface FileToName<Metadata = Readonly<Record<string, string>>>
  extends FileToUpload<Metadata> {
  /** 32 hexadecimal digits that cannot be guessed and that no other upload has; the key must contain them. */
  readonly unique: string
  /** The file's name in `A-Z a-z 0-9 . _ -` alone, with its extension. */
  readonly safeName: string
}

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

/** An upload that a page has given up, after the server has carried that out. */
export interface RemovedUpload {
  readonly key: string
  /** Who uploaded it, as `authorize` said. */
  readonly owner: string
  /** `stored` when its object was there, as after a completion; else `unfinished`. */
  readonly state: 'unfinished' | 'stored'
  /**
   * Whether the handler has removed what there was: the parts of an unfinished upload, or an unclaimed object.
   * It deletes no confirmed object; that is left to the app.
   */
  readonly deleted: boolean
}
