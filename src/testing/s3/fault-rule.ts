import { type OperationName, routes } from './operation-routes.js'
import { isTestS3ErrorCode, type TestS3ErrorCode } from './test-s3-error.js'

/** Which requests of a test S3 fail, and how. */
export interface FaultRule {
  /** @default every operation but `Preflight`, which must be named to be hit */
  readonly operation?: OperationName | readonly OperationName[]
  /** The whole key, or a pattern that finds something in it; also of a posted form. @default any, or none at all */
  readonly key?: string | RegExp
  /** The first request that is hit, counted from 1 among those that match. @default 1 */
  readonly nth?: number
  /** How many matching requests in a row are hit. @default 1 where `nth` is given, else Infinity */
  readonly times?: number
  readonly effect: FaultEffect
}

/**
 * What a fault does to a request.
 *
 * - `refuse` answers with S3's error document; nothing is read, verified or done. `status` is by default what S3
 *   sends with the code, and may be 200: so CompleteMultipartUpload fails late.
 * - `lose-answer` does the work, and its answer never arrives.
 * - `close-after` reads so many bytes of the body or all of a shorter one, does nothing with them and closes.
 * - `stall-after` reads so many bytes likewise and then neither reads nor answers until the client leaves.
 * - `delay` does the work and answers later.
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
  | { readonly kind: 'close-after'; readonly bytes: number }
  | { readonly kind: 'stall-after'; readonly bytes: number }
  | { readonly kind: 'delay'; readonly milliseconds: number }

const operationNames: ReadonlySet<string> = new Set([
  ...routes.map(({ operation }) => operation),
  'Preflight',
])
/** Timers take no more. */
const maxMilliseconds = 2 ** 31 - 1

/**
 * Checks a rule when it is added.
 *
 * @throws TypeError with all problems in one message.
 */
export function requireFaultRule({ operation = [], nth = 1, times = 1, effect }: FaultRule): void {
  const problems = [operation]
    .flat()
    .filter((name) => !operationNames.has(name))
    .map((name) => `operation: "${name}" is none of ${[...operationNames].join(', ')}`)
  if (!Number.isSafeInteger(nth) || nth < 1) problems.push(`nth: ${nth} is no count from 1`)
  if (!isCount(times) || times < 1) problems.push(`times: ${times} is no count from 1`)
  problems.push(...effectProblems(effect))
  if (problems.length === 0) return
  throw new TypeError(
    `s3-direct-upload: the test S3 cannot have this fault. ${problems.join('; ')}.`,
  )
}

function effectProblems(effect: FaultEffect): string[] {
  switch (effect.kind) {
    case 'refuse':
      return refusalProblems(effect)
    case 'close-after':
    case 'stall-after':
      return isCount(effect.bytes) ? [] : [`bytes: ${effect.bytes} is no count from 0`]
    case 'delay': {
      const { milliseconds } = effect
      const isPossible = milliseconds >= 0 && milliseconds <= maxMilliseconds
      return isPossible ? [] : [`milliseconds: ${milliseconds} is not 0 to ${maxMilliseconds}`]
    }
    case 'lose-answer':
      return []
    default: {
      // Reached from JavaScript only.
      const { kind } = effect satisfies never as FaultEffect
      return [`effect: there is no kind "${kind}"`]
    }
  }
}

function refusalProblems({ code, status }: FaultEffect & { kind: 'refuse' }): string[] {
  const problems = isTestS3ErrorCode(code) ? [] : [`code: "${code}" is none that the test S3 has`]
  const hasBody = status !== 204 && status !== 205
  if (status !== undefined && !(Number.isInteger(status) && status >= 200 && status < 600)) {
    problems.push(`status: ${status} is not 200 to 599`)
  } else if (!hasBody) problems.push(`status: ${status} has no room for the error document`)
  return problems
}

function isCount(value: number): boolean {
  return value >= 0 && (Number.isSafeInteger(value) || value === Number.POSITIVE_INFINITY)
}
