import type { S3OperationName } from '../http/operation-routes.js'
import type { FaultEffect } from './fault-effect.js'
import type { FaultableRequest, FaultRule } from './fault-rule.js'

/** What {@link randomFaults} can do to a request; repeating the request cures each. */
export const randomFaultKinds = [
  'refuse',
  'lose-answer',
  'empty-answer',
  'close-after',
  'stall-after',
  'delay',
  'slow-line',
  'clock',
  'cors-off',
] as const satisfies readonly FaultEffect['kind'][]

/** One of {@link randomFaultKinds}. */
export type RandomFaultKind = (typeof randomFaultKinds)[number]

/** Which requests random faults hit, and how. */
export interface RandomFaultsOptions
  extends Pick<FaultRule, 'operation' | 'bucket' | 'key' | 'partNumber'> {
  /** A whole number; the same one gives the same faults. */
  readonly seed: number
  /** The share of requests that are hit, 0 to 1. @default 0.1 */
  readonly rate?: number
  /** @default all of {@link randomFaultKinds} */
  readonly kinds?: readonly RandomFaultKind[]
  /** How many faults there are in all. @default Infinity */
  readonly limit?: number
  /** How many requests of one operation are hit in a row at most. @default 2 */
  readonly inARow?: number
}

/** A rule whose effects are chosen at random. */
export interface RandomFaults extends FaultRule {
  /** What has hit which request so far, in this order. */
  readonly injected: readonly InjectedFault[]
}

/** A fault that has hit a request; `nth` is counted among the requests of its operation. */
export interface InjectedFault extends FaultableRequest {
  readonly effect: FaultEffect
}

const largeBodies: ReadonlySet<S3OperationName> = new Set(['PutObject', 'PostObject', 'UploadPart'])
const curableCodes = ['SlowDown', 'ServiceUnavailable', 'InternalError'] as const
const maxDelayMs = 400
const maxRoundTripMs = 200
const minBytesPerSecond = 1_000_000
const expiredSeconds = 2 * 60 * 60

/**
 * Makes a rule that hits random requests, always the same ones for the same seed.
 *
 * What happens to the nth request of an operation depends on nothing else, so operations that overlap in
 * another order meet the same faults.
 *
 * @example
 * const faults = randomFaults({ seed: 7, rate: 0.2 })
 * const remove = s3.fault(faults)
 * // … a test that fails prints its seed and `faults.injected`
 * @throws TypeError when the options cannot work, all problems in one message.
 */
export function randomFaults(options: RandomFaultsOptions): RandomFaults {
  requireOptions(options)
  const { operation, bucket, key, partNumber } = options
  const { seed, rate = 0.1, limit = Number.POSITIVE_INFINITY, inARow = 2 } = options
  const kinds = options.kinds ?? randomFaultKinds
  const injected: InjectedFault[] = []
  const counts = new Map<S3OperationName, { requests: number; hitsInARow: number }>()

  const effect = (request: FaultableRequest): FaultEffect | undefined => {
    const count = counts.get(request.operation) ?? { requests: 0, hitsInARow: 0 }
    counts.set(request.operation, count)
    count.requests += 1
    const random = seededRandom(`${seed} ${request.operation} ${count.requests}`)
    const isHit = random() < rate && count.hitsInARow < inARow && injected.length < limit
    const drawn = isHit ? drawEffect(request.operation, kinds, random) : undefined
    count.hitsInARow = drawn ? count.hitsInARow + 1 : 0
    if (drawn) injected.push({ ...request, nth: count.requests, effect: drawn })
    return drawn
  }
  return {
    ...(operation !== undefined && { operation }),
    ...(bucket !== undefined && { bucket }),
    ...(key !== undefined && { key }),
    ...(partNumber !== undefined && { partNumber }),
    effect,
    injected,
  }
}

function drawEffect(
  operation: S3OperationName,
  kinds: readonly RandomFaultKind[],
  random: () => number,
): FaultEffect | undefined {
  const fitting = kinds.filter((kind) => fits(kind, operation))
  const kind = pick(fitting, random)
  return kind && makeEffect(kind, operation, random)
}

/** Tells whether a kind is a fault of that operation, and one that a repetition cures. */
function fits(kind: RandomFaultKind, operation: S3OperationName): boolean {
  const isForBodies = kind === 'slow-line' || kind === 'clock' || kind === 'cors-off'
  if (isForBodies) return largeBodies.has(operation)
  // Their answers have no body anyway.
  if (kind === 'empty-answer')
    return !largeBodies.has(operation) && !/^(?:Head|Abort|Delete)/.test(operation)
  return true
}

function makeEffect(
  kind: RandomFaultKind,
  operation: S3OperationName,
  random: () => number,
): FaultEffect {
  switch (kind) {
    case 'refuse':
      return refusal(operation, random)
    case 'close-after':
    case 'stall-after':
      return { kind, fraction: Math.round(random() * 100) / 100 }
    case 'delay':
      return { kind, delayMs: Math.round(random() * maxDelayMs) }
    case 'slow-line':
      return {
        kind,
        bytesPerSecond: Math.round(minBytesPerSecond * (1 + random() * 9)),
        roundTripMs: Math.round(random() * maxRoundTripMs),
      }
    case 'clock':
      return { kind, aheadSeconds: expiredSeconds }
    case 'empty-answer': {
      const isSkipped = operation === 'CompleteMultipartUpload' && random() < 0.5
      return { kind, work: isSkipped ? 'skipped' : 'done' }
    }
    case 'lose-answer':
    case 'cors-off':
      return { kind }
    default:
      return kind satisfies never
  }
}

/** A completion may fail late: with the status 200, and an error for a body. */
function refusal(operation: S3OperationName, random: () => number): FaultEffect {
  const code = pick(curableCodes, random) ?? 'SlowDown'
  const isLate = operation === 'CompleteMultipartUpload' && random() < 0.5
  return { kind: 'refuse', code, ...(isLate && { status: 200 }) }
}

function pick<T>(items: readonly T[], random: () => number): T | undefined {
  return items[Math.floor(random() * items.length)]
}

/** Makes numbers from 0 up to 1 that only the text decides: FNV-1a and Mulberry32. */
function seededRandom(text: string): () => number {
  let state = 2_166_136_261
  for (let index = 0; index < text.length; index++) {
    state = Math.imul(state ^ text.charCodeAt(index), 16_777_619)
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function requireOptions({
  seed,
  rate = 0,
  kinds = [],
  limit = 0,
  inARow = 1,
}: RandomFaultsOptions) {
  const unknown = kinds.filter((kind) => !randomFaultKinds.includes(kind))
  const problems = unknown.map(
    (kind) => `kinds: "${kind}" must be one of ${randomFaultKinds.join(', ')}`,
  )
  if (!Number.isSafeInteger(seed)) problems.push(`seed: ${seed} must be a whole number`)
  if (!(rate >= 0 && rate <= 1)) problems.push(`rate: ${rate} is not 0 to 1`)
  if (!(limit >= 0)) problems.push(`limit: ${limit} must be 0 or more`)
  if (!(inARow >= 1)) problems.push(`inARow: ${inARow} must be 1 or more`)
  if (problems.length === 0) return
  throw new TypeError(
    `s3-direct-upload: there can be no such random faults. ${problems.join('; ')}.`,
  )
}
