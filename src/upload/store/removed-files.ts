/** Files that were removed together. */
export interface RemovedFiles {
  readonly count: number
  readonly names: readonly string[]
}
