import type { Caller } from '../contract/caller.js'
import { SigningError } from '../errors/signing-error.js'
import type { RequestFacts } from './requested-files.js'

/** What `quota` decides upon. */
export interface QuotaRequest<AppCaller extends Caller = Caller> extends RequestFacts {
  readonly caller: AppCaller
  /** Above 1 when an earlier answer was lost, so that the app may know of these files, by their ids, already. */
  readonly attempt: number
  /** How many multipart uploads the owner has open at this handler; counted where `maxOpenUploads` is set. */
  readonly openUploads: number | undefined
}

/** `true` or nothing allows; text, or `false`, refuses. */
export type QuotaAnswer = boolean | string | undefined

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
