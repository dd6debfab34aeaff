import type { Random } from '../../support/random.js'
import type { CallerScript, CallerStep, ScenarioUpload, ServerScenario } from './server-scenario.js'

const owners = ['ann', 'bob', 'cyd'] as const

/** Draws callers of a few owners; some work at the upload of the one before, as a page does that asks again. */
export function drawCallers(random: Random): Pick<ServerScenario, 'uploads' | 'callers'> {
  const uploads: ScenarioUpload[] = []
  const callers: CallerScript[] = []
  const count = random.chance(0.06) ? 20 : random.pick([1, 2, 2, 3, 3, 4, 6])
  const spanMs = random.pick([0, 500, 20_000])
  for (let number = 1; number <= count; number += 1) {
    const last = callers.at(-1)
    const joined = last && random.chance(0.35) ? last : undefined
    const owner = joined?.owner ?? random.pick(owners)
    const own = joined ? [] : drawUploads(random, owner, uploads.length)
    uploads.push(...own)
    callers.push({
      name: `c${number}`,
      owner,
      at: joined ? joined.at + random.integer(0, 25_000) : random.integer(0, spanMs),
      uploads: joined?.uploads ?? own.map(({ name }) => name),
      steps: drawSteps(random, number),
    })
  }
  return { uploads, callers }
}

const kinds = [
  { fileName: 'a.png', type: 'image/png' },
  { fileName: 'a.png', type: 'image/png' },
  { fileName: 'b.pdf', type: 'application/pdf' },
  { fileName: 'c.pdf', type: '' },
  { fileName: 'd.txt', type: 'text/plain' },
  { fileName: 'page.pdf', type: 'text/html' },
] as const

function drawUploads(random: Random, owner: string, index: number): ScenarioUpload[] {
  const count = random.pick([1, 1, 1, 2, 4])
  return Array.from({ length: count }, (_, nth) => ({
    name: `u${index + nth + 1}`,
    owner,
    ...random.pick(kinds),
    mebibytes: random.chance(0.1) ? 33 : random.pick([0, 0, 5, 5, 10]),
    bytes: random.pick([0, 1, 700]),
    ...(random.chance(0.4) && { hasChecksum: true }),
  }))
}

function drawSteps(random: Random, number: number): CallerStep[] {
  const sign = (): CallerStep => ({ do: 'sign', ...drawPatience(random) })
  const complete = (): CallerStep => ({ do: 'complete', ...drawPatience(random) })
  const abort = (): CallerStep => ({ do: 'abort', ...drawPatience(random) })
  const wait = (): CallerStep => ({ do: 'wait', ms: random.integer(1, 20_000) })
  const some = (): CallerStep => ({ do: 'send', share: random.pick([0.3, 0.7]) })
  const thief: CallerStep = { do: 'steal', from: `c${random.integer(1, Math.max(1, number - 1))}` }
  const templates: readonly [CallerStep[], ...CallerStep[][]] = [
    [sign(), { do: 'send' }, complete()],
    [sign(), { do: 'send' }, complete(), { do: 'download' }],
    [sign(), sign(), { do: 'send' }, complete(), complete()],
    [sign(), some(), wait(), sign(), { do: 'list' }, { do: 'send' }, complete()],
    [sign(), some(), abort()],
    [sign(), some(), wait(), abort(), sign(), { do: 'send' }, complete()],
    [sign(), { do: 'send' }, complete(), abort()],
    [sign(), some()],
    [{ do: 'sign', ...drawPatience(random), maxTries: 1 }],
    [{ do: 'sign', attempt: 1 }, { do: 'sign', attempt: 1 }, { do: 'send' }, complete()],
    [sign(), { do: 'send', extraBytes: 1 }, { do: 'send' }, complete()],
    [wait(), thief, sign(), thief, { do: 'send' }, complete(), thief],
  ]
  return random.pick(templates)
}

function drawPatience(random: Random): { readonly patienceMs?: number } {
  return random.chance(0.45) ? { patienceMs: random.pick([20, 45, 100, 1000, 5000, 16_000]) } : {}
}
