/** An upload that an earlier page has left unfinished. */
export interface InterruptedUpload {
  /** The UUID that the server knows it by. */
  readonly uploadId: string
  readonly name: string
  /** Size in bytes. */
  readonly size: number
  readonly relativePath?: string | undefined
  /** Whether the browser can open the file again by itself; else it has to be chosen once more. */
  readonly canReopen: boolean
}
