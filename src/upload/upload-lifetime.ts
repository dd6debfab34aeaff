import { CancelledError, type UploadError } from './errors/upload-error.js'

/** Whether one upload may go on: it is paused, resumed, cancelled or made to fail, whatever its attempt is at. */
export class UploadLifetime {
  readonly #cancellation = new AbortController()
  #attempt = new AbortController()
  #isPaused: boolean
  #failure: UploadError | undefined
  #wake: (() => void) | undefined

  constructor({ startPaused }: { readonly startPaused: boolean }) {
    this.#isPaused = startPaused
  }

  get isPaused(): boolean {
    return this.#isPaused
  }

  get isCancelled(): boolean {
    return this.cancelled.aborted
  }

  /** Aborted when the upload is cancelled, with a `CancelledError` as its reason. */
  get cancelled(): AbortSignal {
    return this.#cancellation.signal
  }

  /** Ends the present attempt; the upload waits until it is resumed. */
  pause(): void {
    this.#isPaused = true
    this.#attempt.abort()
  }

  /** Lets a paused upload begin its next attempt. */
  resume(): void {
    this.#isPaused = false
    this.#wake?.()
  }

  /** Ends the present attempt and has the next one fail. */
  fail(error: UploadError): void {
    this.#failure = error
    this.#attempt.abort(error)
    this.#wake?.()
  }

  /** Ends the present attempt and every further one. */
  cancel(): void {
    const reason = new CancelledError()
    this.#cancellation.abort(reason)
    this.#attempt.abort(reason)
    this.#wake?.()
  }

  /** Waits while paused, then gives the signal of a new attempt. Throws when cancelled. */
  async startAttempt(): Promise<AbortSignal> {
    while (this.#isPaused && !this.isCancelled && !this.#failure) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    this.cancelled.throwIfAborted()
    if (this.#failure) throw this.#failure
    this.#attempt = new AbortController()
    return this.#attempt.signal
  }
}
