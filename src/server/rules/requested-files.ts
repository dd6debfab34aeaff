/** What the page says of a file that it wants to upload; nobody has looked at the bytes. */
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

/** Adds up what a request asks for. */
export function requestFactsOf(files: readonly RequestedFile[]): RequestFacts {
  return {
    files: files.map(({ id, name, type, size, relativePath }) => ({
      id,
      name,
      type,
      size,
      relativePath,
    })),
    totalBytes: files.reduce((total, { size }) => total + size, 0),
  }
}
