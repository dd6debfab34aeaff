import type { Disposition } from '../../protocol/downloads.js'
import type { JsonObject } from './json.js'
import type { Receipt } from './receipt.js'

/** A download that a page asks for; its key is below the handler's prefix. */
export interface DownloadToAuthorize {
  readonly key: string
  /** The caller's owner, as `authorize` said. */
  readonly owner: string
  /** The genuine receipt that named the file, if one did. Its `owner` uploaded the file, and need not be the caller's. */
  readonly receipt?: Receipt<JsonObject>
  /** What the page wants the browser to do with it. */
  readonly disposition: Disposition
  /** The page's request; its body has been read. */
  readonly request: Request
}

/** A permission with conditions. */
export interface DownloadTerms {
  /**
   * The name to save it under.
   *
   * @default the name the page gave, else that in the receipt, else the last segment of the key
   */
  readonly name?: string
  /**
   * The content type to serve it with.
   *
   * @default the stored one
   */
  readonly contentType?: string
  /**
   * Whether the browser may show it if the page asks for that. `true` allows it for every type, also for those that can
   * run script; a file that may not be shown is saved.
   *
   * @default whether its type can run no script
   */
  readonly allowInline?: boolean
}

/** What `authorizeDownload` may return: terms or `true` to allow, anything falsy to refuse. */
export type DownloadAuthorization = DownloadTerms | boolean | null | undefined
