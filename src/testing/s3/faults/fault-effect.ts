import { isTestS3ErrorCode, type TestS3ErrorCode } from '../model/test-s3-error.js'

/**
 * What a fault does to a request.
 *
 * - `refuse` answers with S3's error document; nothing is read, verified or done. `status` is by default what S3
 *   sends with the code, and may be 200: so CompleteMultipartUpload fails late.
 * - `lose-answer` does the work, and its answer never arrives.
 * - `empty-answer` does the work and answers without a body; with `work: 'skipped'` it only answers, 200.
 * - `close-after` reads so much of the body or all of a shorter one, does nothing with it and closes.
 * - `stall-after` reads so much likewise and then neither reads nor answers until the client leaves.
 * - `delay` does the work and answers later.
 * - `slow-line` reads the body no faster than `bytesPerSecond`, which all requests of the rule share, and adds
 *   `roundTripMs`, half before the request and half before the answer. It ends with its rule, also for what is under way.
 * - `offline` closes at once, and also what was under way when it was added; preflights are hit like the rest.
 * - `clock` does the work by a clock that goes `aheadSeconds` before the right one, so that signatures have expired.
 * - `cors-off` does the work and answers as if the bucket had no CORS rules; preflights are refused.
 */
export type FaultEffect =
  | {
      readonly kind: 'refuse'
      readonly code: TestS3ErrorCode
      readonly message?: string
      readonly status?: number
      readonly headers?: Readonly<Record<string, string>>
    }
  | { readonly kind: 'lose-answer' }
  | {
      readonly kind: 'empty-answer'
      /** @default 'done' */
      readonly work?: 'done' | 'skipped'
    }
  | ({ readonly kind: 'close-after' } & BodyPoint)
  | ({ readonly kind: 'stall-after' } & BodyPoint)
  | { readonly kind: 'delay'; readonly delayMs: number }
  | {
      readonly kind: 'slow-line'
      /** @default Infinity */
      readonly bytesPerSecond?: number
      /** @default 0 */
      readonly roundTripMs?: number
    }
  | { readonly kind: 'offline' }
  | {
      readonly kind: 'clock'
      /** Negative for a clock that is behind. */
      readonly aheadSeconds: number
    }
  | { readonly kind: 'cors-off' }

/** A place in a request's body: so many bytes, or a share from 0 to 1 of its declared length. */
export type BodyPoint =
  | { readonly bytes: number; readonly fraction?: never }
  | { readonly fraction: number; readonly bytes?: never }

/** The longest delay of a timer. */
const maxTimerMs = 2 ** 31 - 1

/** Says what is wrong with an effect; nothing when it can work. */
export function effectProblems(effect: FaultEffect): string[] {
  switch (effect.kind) {
    case 'refuse':
      return refusalProblems(effect)
    case 'close-after':
    case 'stall-after':
      return pointProblems(effect)
    case 'delay':
      return durationProblems('delayMs', effect.delayMs)
    case 'slow-line':
      return lineProblems(effect)
    case 'clock': {
      const { aheadSeconds } = effect
      return Number.isFinite(aheadSeconds)
        ? []
        : [`aheadSeconds: ${aheadSeconds} must be a finite number`]
    }
    case 'empty-answer': {
      const { work = 'done' } = effect
      return ['done', 'skipped'].includes(work) ? [] : [`work: "${work}" is not done or skipped`]
    }
    case 'lose-answer':
    case 'offline':
    case 'cors-off':
      return []
    default: {
      // Reached from JavaScript only.
      const { kind } = effect satisfies never as FaultEffect
      return [`effect: there is no kind "${kind}"`]
    }
  }
}

/** Whether a number can count something; Infinity counts all. */
export function isCount(value: number): boolean {
  return value >= 0 && (Number.isSafeInteger(value) || value === Number.POSITIVE_INFINITY)
}

function refusalProblems({ code, status }: FaultEffect & { kind: 'refuse' }): string[] {
  const problems = isTestS3ErrorCode(code) ? [] : [`code: "${code}" is none that the test S3 has`]
  const hasBody = status !== 204 && status !== 205
  if (status !== undefined && !(Number.isInteger(status) && status >= 200 && status < 600)) {
    problems.push(`status: ${status} is not 200 to 599`)
  } else if (!hasBody) problems.push(`status: ${status} has no room for the error document`)
  return problems
}

function pointProblems({ bytes, fraction }: BodyPoint): string[] {
  if (fraction === undefined) {
    return isCount(bytes) ? [] : [`bytes: ${bytes} must be a whole number from 0`]
  }
  if (bytes !== undefined) return ['bytes, fraction: give one of them']
  return fraction >= 0 && fraction <= 1 ? [] : [`fraction: ${fraction} is not 0 to 1`]
}

function lineProblems({
  bytesPerSecond = 1,
  roundTripMs = 0,
}: FaultEffect & { kind: 'slow-line' }): string[] {
  const problems = durationProblems('roundTripMs', roundTripMs)
  if (!(bytesPerSecond > 0)) problems.push(`bytesPerSecond: ${bytesPerSecond} is not above 0`)
  return problems
}

function durationProblems(name: string, durationMs: number): string[] {
  const isPossible = durationMs >= 0 && durationMs <= maxTimerMs
  return isPossible ? [] : [`${name}: ${durationMs} is not 0 to ${maxTimerMs}`]
}
