/** What can be done with interrupted uploads, told apart by the `uploadId` of their entries. */
export interface InterruptedActions {
  /**
   * Continues an upload whose file the browser can open again; call it in answer to a click.
   *
   * @throws FileError when the file is gone or may not be read: then it has to be chosen once more.
   */
  reopen(uploadId: string): Promise<void>
  /** Discards an upload: S3 removes what it has of it. */
  discard(uploadId: string): Promise<void>
}
