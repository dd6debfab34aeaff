import type { TestS3Profile } from 's3-direct-upload/testing'
import { createRandom, type Random } from '../../support/random.js'
import { arrange, arrangeRemoval } from './arrange.js'
import { drawAimedEvents } from './draw-aimed-events.js'
import { drawAimedFaults } from './draw-aimed-faults.js'
import { drawEvents } from './draw-events.js'
import { drawFaults } from './draw-faults.js'
import { drawRemovals } from './draw-removals.js'
import type { LineFacts, Scenario, ScenarioFile, ServerFacts } from './scenario.js'

/** S3's smallest part, and the multipart thresholds that are drawn. */
const partMebibytes = 5

/** Of all seeds, so many stand for an arrangement. */
const arrangedShare = 0.2
/** And so many for one that is about a removal. */
const removalShare = 0.03

/**
 * Draws what a seed stands for.
 *
 * Each list has a stream of its own, so that a new kind of event does not change what old seeds mean.
 */
export function drawScenario(seed: number): Scenario {
  const stream = (what: string): Random => createRandom(`${what} ${seed}`)
  const files = drawFiles(stream('files'))
  const line = drawLine(stream('line'))
  const seconds = secondsFor(files, line)
  const options = drawOptions(stream('options'))
  const server = drawServer(stream('server'))
  const faults = drawFaults(stream('faults'), canSeeDamage(options, server))
  const arrangements = stream('arrangement')
  if (arrangements.chance(arrangedShare)) {
    return { seed, ...arrange(arrangements, { options, server }) }
  }
  const removals = stream('removals')
  if (removals.chance(removalShare)) {
    return { seed, ...arrangeRemoval(removals, { options, server }) }
  }
  const setting = { files, seconds }
  const events = drawEvents(stream('events'), setting)
  return {
    seed,
    files,
    options,
    server,
    line,
    faults: [...faults, ...drawAimedFaults(stream('aimed faults'))],
    events: [
      ...events,
      ...drawAimedEvents(stream('aimed events'), setting, events),
      ...drawRemovals(removals, setting),
    ],
  }
}

/** Ceph 16 compares no checksum. */
function canSeeDamage({ checksum }: Scenario['options'], { profile }: ServerFacts): boolean {
  return checksum && profile !== 'rgw16'
}

function drawFiles(random: Random): ScenarioFile[] {
  const sizes = random.pick([tiny, large, large, mixed])(random)
  return sizes.map((size, index) => ({ name: `${String(index).padStart(2, '0')}.bin`, ...size }))
}

type Size = Omit<ScenarioFile, 'name'>

function tiny(random: Random): Size[] {
  return Array.from({ length: random.integer(5, 40) }, () => ({
    mebibytes: 0,
    bytes: random.chance(0.1) ? 0 : random.integer(1, 10),
  }))
}

function large(random: Random): Size[] {
  return Array.from({ length: random.integer(1, 4) }, () => oneLarge(random))
}

function mixed(random: Random): Size[] {
  const small = Array.from({ length: random.integer(1, 10) }, () => ({
    mebibytes: random.integer(0, 1),
    bytes: random.integer(1, 1000),
  }))
  return [...small, oneLarge(random), oneLarge(random)]
}

/** Often just at the edge of a part. */
function oneLarge(random: Random): Size {
  if (random.chance(0.4)) {
    return { mebibytes: partMebibytes * random.integer(1, 4), bytes: random.integer(-1, 1) }
  }
  return { mebibytes: random.integer(partMebibytes, 40), bytes: random.integer(0, 1000) }
}

function drawOptions(random: Random): Scenario['options'] {
  const concurrency = random.pick([undefined, undefined, undefined, 1, 3, 6])
  return {
    ...(concurrency !== undefined && { concurrency }),
    checksum: random.chance(0.7),
    ...(random.chance(0.1) && { resume: false }),
  }
}

function drawServer(random: Random): ServerFacts {
  const profile = random.pick<TestS3Profile>(['aws', 'aws', 'aws', 'rgw16', 'rgw20', 'r2'])
  return {
    // R2 takes no forms.
    method: random.chance(0.25) || profile === 'r2' ? 'PUT' : 'POST',
    profile,
    partMebibytes: random.pick([partMebibytes, 8]),
    thresholdMebibytes: random.pick([partMebibytes, 32]),
    signatureSeconds: random.pick([600, 600, 60]),
    ...(random.chance(0.1) && { credentialSeconds: random.pick([120, 900]) }),
    ...(random.chance(0.1) && { secondClockAheadSeconds: random.pick([-20, 30, 120]) }),
    ...(random.chance(0.08) && { maxOpenUploads: random.pick([2, 3, 6]) }),
  }
}

const weathers = [
  'office',
  'cable',
  'adsl',
  'lte',
  'edge',
  'train',
  'hotel',
  'vpn',
  'geo',
  'loss1',
  'loss3',
  'fatlong',
  'lan',
  'h2',
  'busy',
] as const

function drawLine(random: Random): LineFacts {
  const mebibytesPerSecond = random.pick([50, 10, 2, 2, 0.6, 0.3])
  const roundTripMs = random.pick([4, 60, 300, 700])
  const breakEverySeconds = random.chance(0.12) ? random.pick([12, 30, 60, 300]) : undefined
  const weather = random.chance(0.2) ? random.pick(weathers) : undefined
  // Where S3's smallest part cannot get through between two breaks, nothing can.
  const isPassable = (breakEverySeconds ?? 0) * mebibytesPerSecond * 0.6 > partMebibytes
  return {
    mebibytesPerSecond,
    roundTripMs,
    ...(breakEverySeconds !== undefined && isPassable && { breakEverySeconds }),
    ...(weather !== undefined && { weather }),
  }
}

function secondsFor(files: readonly ScenarioFile[], { mebibytesPerSecond }: LineFacts): number {
  const mebibytes = files.reduce((sum, file) => sum + file.mebibytes, 0)
  return Math.min(600, 3 + (mebibytes / mebibytesPerSecond) * 1.5)
}
