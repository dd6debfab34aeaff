/** Options of the plugin that a scenario may set. */
export interface PageOptions {
  /** @default that of the product */
  readonly concurrency?: number
  readonly checksum: boolean
  /** @default true */
  readonly resume?: boolean
  /** Whether the page takes one file, which the next one replaces. @default false */
  readonly isOneFile?: boolean
}
