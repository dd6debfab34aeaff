import type { Serialized } from './json.js'

declare const uploadResult: unique symbol

/** The endpoint that signs uploads: a function that never rejects. `Result` is what its `onUploadComplete` returns. */
export interface SigningHandler<Result = unknown> {
  (request: Request): Promise<Response>
  /** Exists in the types alone. */
  readonly [uploadResult]?: Result
}

/**
 * What the client gets as `result` of an upload that was signed by a handler: the JSON of what its `onUploadComplete`
 * returns.
 *
 * @example
 * // On the server: export const handler = createSigningHandler({ … })
 * type Result = InferUploadResult<typeof handler>
 */
export type InferUploadResult<Handler> =
  Handler extends SigningHandler<infer Result> ? Serialized<Result> : never
