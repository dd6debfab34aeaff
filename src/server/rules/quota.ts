import { packageRefusal, SigningError } from '../errors/signing-error.js'

/**
 * Acts on what `quota` answered.
 *
 * @throws SigningError `quota-exceeded` when it refuses; a text is the reason in the app's own words.
 * @throws TypeError when it answered in no way that is known: nothing is signed then.
 */
export function requireQuota(answer: unknown): void {
  if (answer === undefined || answer === true) return
  if (answer === false) throw packageRefusal('quota-exceeded', noRoom)
  if (typeof answer === 'string' && answer !== '') throw new SigningError('quota-exceeded', answer)
  throw new TypeError(
    's3-direct-upload: quota returned neither true, false, text nor nothing, so it is not known whether it refuses. ' +
      'Return the reason as text to refuse.',
  )
}

const noRoom =
  'quota returned false: there is no room for these files. Return the reason as text to tell users why.'
