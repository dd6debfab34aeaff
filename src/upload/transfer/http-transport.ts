/** One request with a body, as the engine wants it sent. */
export interface TransportRequest {
  readonly method: 'POST' | 'PUT'
  readonly url: string
  /** Exactly the headers to set; everything else is the browser's. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Blob | FormData
  readonly signal: AbortSignal
  /** Hears how many bytes of the body, form fields included, are sent, and how many there are. */
  readonly onProgress: (sentBytes: number, totalBytes: number) => void
  /**
   * Whether `onProgress` has to be called at all. A browser that is not asked for progress posts a form without a
   * preflight.
   *
   * @default true
   * @see https://xhr.spec.whatwg.org/#the-send()-method
   */
  readonly wantsProgress?: boolean
}

/** An answer, whatever its status. */
export interface TransportResponse {
  readonly status: number
  readonly body: string
  /** The `ETag` of a stored part, where the bucket's CORS rules expose it. */
  readonly etag?: string | undefined
}

/**
 * The way bytes travel: replace it to test, to simulate a slow line, or to send by other means.
 *
 * `send` resolves with any answer that can be read. It rejects with the signal's reason when
 * aborted, with a `NetworkError` when no answer came.
 */
export interface HttpTransport {
  send(request: TransportRequest): Promise<TransportResponse>
}
