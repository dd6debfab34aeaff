import { SigningError } from '../errors/signing-error.js'

/**
 * Acts on what `quota` answered.
 *
 * @throws SigningError `quota-exceeded` when it refuses.
 * @throws TypeError when it answered in no way that is known: nothing is signed then.
 */
export function requireQuota(answer: unknown): void {
  if (answer === undefined || answer === true) return
  if (answer === false) throw quotaExceeded('There is no room for these files.')
  if (typeof answer === 'string' && answer !== '') throw quotaExceeded(answer)
  throw new TypeError(
    's3-direct-upload: quota returned neither true, false, text nor nothing, so it is not known whether it refuses. ' +
      'Return the reason as text to refuse.',
  )
}

/** Refuses with a reason for people. */
export function quotaExceeded(reason: string): SigningError {
  return new SigningError('quota-exceeded', reason)
}
