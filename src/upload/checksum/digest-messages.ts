/** What the page asks of the worker. */
export interface DigestRequest {
  readonly id: number
  readonly blob: Blob
}

/** What the worker says: first that it runs, then one answer to each request. */
export type DigestMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'digest'; readonly id: number; readonly digest: ArrayBuffer }
  /** Name and message of the `DOMException`: not every browser can send the exception itself. */
  | {
      readonly type: 'failure'
      readonly id: number
      readonly name: string
      readonly message: string
    }
