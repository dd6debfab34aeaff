import { mayPass } from '../errors/error-kinds.js'
import { isNetworkError, type UploadError } from '../errors/upload-error.js'

/** What an attempt had done when it failed. */
export interface FailedAttempt {
  readonly error: UploadError
  readonly sentBytes: number
  /** How long the attempt held a transfer slot. */
  readonly durationMs: number
  /** Whether its signature had grown old by then, as it does while the computer sleeps. @default false */
  readonly isSignatureOld?: boolean
}

/** A browser that may not send at all says so sooner. */
export const minBreakMs = 5000

/** Whether bytes were on their way and no answer came; behind a service worker only the time tells. */
export function isLineBreak({ error, sentBytes, durationMs }: FailedAttempt): boolean {
  const isUnanswered = isNetworkError(error) && mayPass(error)
  return isUnanswered && (sentBytes > 0 || durationMs >= minBreakMs)
}
