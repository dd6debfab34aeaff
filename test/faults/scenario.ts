import type { SigningOptions } from 's3-direct-upload/server'
import type { FaultRule, RandomFaultsOptions, TestS3Profile } from 's3-direct-upload/testing'
import { createRandom, type Random } from '../support/random.js'
import type { EndpointFaultsOptions } from './endpoint-faults.js'

/** What one seed stands for: files, what goes wrong, and what the user does meanwhile. */
export interface Scenario {
  readonly seed: number
  readonly files: readonly ScenarioFile[]
  readonly method: 'POST' | 'PUT'
  /** Whose behaviour the bucket has. */
  readonly profile: TestS3Profile
  readonly options: ScenarioOptions
  readonly faults: RandomFaultsOptions
  /** What comes once, beside what the lot decides. */
  readonly strikes: readonly FaultRule[]
  readonly endpointFaults: EndpointFaultsOptions
  /** The request to the signing endpoint from which on the user is signed out. */
  readonly signedOutAt: number | undefined
  /** A refusal that no repetition cures, so often; then the user retries what failed. */
  readonly refusals: number
  /** Whether the user removes what has failed instead of trying it again. */
  readonly givesUp: boolean
  /** In the order of their time. */
  readonly actions: readonly UserAction[]
  /** What the signing handler is set to. @default the smallest sizes that S3 takes */
  readonly sizes?: MultipartSizes
  /** When another tab lies in front of the page, one spell after the other. */
  readonly hiddenSpells?: readonly HiddenSpell[]
  /** The user's line, where it has a limit. */
  readonly line?: BreakingLine
  /** How long the run may take. @default five minutes from the last action */
  readonly limitMs?: number
}

type MultipartSizes = Pick<SigningOptions, 'multipartThreshold' | 'partSize'>

/** The page is in front, then hidden. */
export interface HiddenSpell {
  readonly visibleMs: number
  readonly hiddenMs: number
}

/** A line on which all connections are reset from time to time. */
export interface BreakingLine {
  readonly bytesPerSecond: number
  /** From the start to the first break, from there to the second, and so on. */
  readonly breaksAfterMs: readonly number[]
}

/** Options of the plugin. */
export interface ScenarioOptions {
  /** @default that of the product */
  readonly concurrency?: number
  readonly checksum: boolean
}

export interface ScenarioFile {
  readonly name: string
  readonly size: number
}

/** What a user does so many milliseconds after the start. */
export type UserAction = { readonly afterMs: number } & (
  | { readonly kind: 'pause'; readonly file: string; readonly forMs: number }
  | { readonly kind: 'pause-all' | 'offline'; readonly forMs: number }
  | { readonly kind: 'cancel' | 'add-again' | 'change-file'; readonly file: string }
  | { readonly kind: 'reload' | 'close-tab' | 'cancel-all' }
  | { readonly kind: 'second-tab'; readonly file: string }
)

const mebibyte = 1024 * 1024
/** What the signing handler of the scenarios is set to; S3 takes no smaller part. */
export const multipartSizes = { multipartThreshold: '5MiB', partSize: '5MiB' } as const
const thresholdBytes = 5 * mebibyte

/** What a seed stands for. */
export function scenarioOf(seed: number): Scenario {
  const random = createRandom(`scenario ${seed}`)
  const files = drawFiles(random)
  return {
    seed,
    files,
    method: random.chance(0.25) ? 'PUT' : 'POST',
    profile: random.pick(['aws', 'aws', 'aws', 'rgw16', 'rgw20']),
    options: { concurrency: random.pick([6, 6, 3, 1]), checksum: random.chance(0.7) },
    faults: drawFaults(random, seed),
    strikes: drawStrikes(random),
    endpointFaults: { seed, rate: random.pick([0, 0.05, 0.2]), limit: 8 },
    signedOutAt: random.chance(0.15) ? random.integer(1, 6) : undefined,
    refusals: random.chance(0.12) ? random.integer(1, 3) : 0,
    givesUp: random.chance(0.3),
    actions: drawActions(random, files),
  }
}

function drawFiles(random: Random): ScenarioFile[] {
  const sizes = random.pick([tinySizes, mediumSizes, largeSizes, largeSizes, mixedSizes])(random)
  return sizes.map((size, index) => {
    const ending = random.pick(['bin', 'jpg', 'txt', 'é.pdf'])
    return { name: `${String(index).padStart(2, '0')} ${size}.${ending}`, size }
  })
}

function tinySizes(random: Random): number[] {
  const count = random.integer(20, 60)
  return Array.from({ length: count }, () => (random.chance(0.15) ? 0 : random.integer(1, 10_000)))
}

function mediumSizes(random: Random): number[] {
  return Array.from({ length: random.integer(2, 8) }, () => random.integer(50_000, 3 * mebibyte))
}

function largeSizes(random: Random): number[] {
  return Array.from({ length: random.integer(1, 3) }, () =>
    random.chance(0.4)
      ? thresholdBytes * random.integer(1, 3) + random.integer(-1, 1)
      : random.integer(thresholdBytes, 20 * mebibyte),
  )
}

function mixedSizes(random: Random): number[] {
  return [
    ...tinySizes(random).slice(0, 12),
    ...mediumSizes(random).slice(0, 2),
    ...largeSizes(random).slice(0, 1),
  ]
}

function drawFaults(random: Random, seed: number): RandomFaultsOptions {
  return {
    seed,
    rate: random.pick([0, 0.05, 0.15, 0.3]),
    kinds: [
      'refuse',
      'lose-answer',
      'empty-answer',
      'close-after',
      'delay',
      'slow-line',
      'cors-off',
    ],
    limit: random.integer(4, 24),
    inARow: 2,
  }
}

function drawStrikes(random: Random): FaultRule[] {
  const operation = ['PostObject', 'PutObject', 'UploadPart'] as const
  const nth = random.integer(1, 4)
  // A new signature is asked for once; if that is refused as well, the upload has failed.
  const expiry = { operation, nth, effect: { kind: 'clock', aheadSeconds: 7200 } } as const
  const stall = {
    operation,
    nth,
    effect: { kind: 'stall-after', fraction: random.share() },
  } as const
  return [
    ...(random.chance(0.15) ? [expiry] : []),
    // Costs a minute or two: a connection without a sign of life is given time.
    ...(random.chance(0.04) ? [stall] : []),
  ]
}

/** Whether a scenario takes minutes. */
export function isLong({ strikes }: Scenario): boolean {
  return strikes.some(({ effect }) => typeof effect !== 'function' && effect.kind === 'stall-after')
}

const actionKinds = [
  ...(['pause', 'pause', 'pause-all', 'offline', 'offline'] as const),
  ...(['cancel', 'add-again', 'cancel-all'] as const),
  ...(['reload', 'reload', 'close-tab', 'second-tab', 'second-tab', 'change-file'] as const),
] as const

function drawActions(random: Random, files: readonly ScenarioFile[]): UserAction[] {
  const count = random.pick([0, 1, 2, 3, 4])
  const names = files.map(({ name }) => name) as [string, ...string[]]
  return Array.from({ length: count }, (): UserAction => {
    const afterMs = random.integer(20, 2500)
    const kind = random.pick(actionKinds)
    const file = random.pick(names)
    const forMs = random.integer(50, 2000)
    if (kind === 'pause') return { kind, afterMs, file, forMs }
    if (kind === 'pause-all' || kind === 'offline') return { kind, afterMs, forMs }
    if (kind === 'reload' || kind === 'close-tab' || kind === 'cancel-all') return { kind, afterMs }
    return { kind, afterMs, file }
  }).sort((a, b) => a.afterMs - b.afterMs)
}
