import { expect, it } from 'vitest'
import { itemsOf, valueAt } from './candidates.js'
import { scenarioShape } from './scenario-shape.js'
import { shrink } from './shrink.js'

const scenario = {
  seed: 7,
  files: Array.from({ length: 9 }, (_, index) => ({
    name: `0${index}.bin`,
    mebibytes: 20 + index,
    bytes: 3,
  })),
  options: { checksum: true, concurrency: 3 },
  server: { profile: 'rgw16', method: 'PUT', signatureSeconds: 60 },
  line: { weather: 'train', roundTripMs: 300, mebibytesPerSecond: 2 },
  faults: Array.from({ length: 24 }, (_, index) => ({
    leg: 's3',
    nth: index + 1,
    kind: index === 17 ? 'stall' : 'delay',
    seconds: 10,
  })),
  events: [
    { kind: 'offline', at: 9000, forMs: 4000 },
    { kind: 'pause', at: 5000, file: '04.bin', forMs: 700 },
    { kind: 'pause', at: 6000, file: '05.bin', forMs: 700 },
  ],
}
type Case = typeof scenario

const shrinkWith = (show: (candidate: Case) => string[], maxRuns?: number) =>
  shrink(scenario, {
    run: async (candidate) => show(candidate),
    shape: scenarioShape,
    ...(maxRuns !== undefined && { maxRuns }),
  })

it('leaves of many faults, events and files only what shows the problem', async () => {
  const shrunk = await shrinkWith(({ faults, events }) =>
    faults.some(({ kind }) => kind === 'stall') && events.some(({ file }) => file === '04.bin')
      ? ['HANG late: 04.bin is paused']
      : [],
  )

  expect(shrunk?.scenario).toEqual({
    seed: 7,
    files: [{ name: '04.bin', mebibytes: 0, bytes: 0 }],
    options: { checksum: false },
    server: { profile: 'aws', method: 'POST', signatureSeconds: 600 },
    line: { roundTripMs: 60, mebibytesPerSecond: 50 },
    faults: [{ leg: 's3', nth: 1, kind: 'stall', seconds: 1 }],
    events: [{ kind: 'pause', at: 0, file: '04.bin', forMs: 1 }],
  })
})

it('never takes another class of problem for the same', async () => {
  const shrunk = await shrinkWith(({ events, faults }) => {
    if (events.length === 0) return ['FAILED 04.bin although everything is curable: network']
    return faults.length > 0 ? ['FAILED 04.bin although everything is curable: expired'] : []
  })

  expect(shrunk?.problem).toContain('expired')
  expect(shrunk?.scenario).toMatchObject({ events: [{}], faults: [{}] })
})

it('keeps the checksum where a bit flips: without it nobody can see that', async () => {
  const flipped = { ...scenario, faults: [{ leg: 's3', nth: 1, kind: 'flip-bit', seconds: 1 }] }
  const run = async ({ faults }: Case) => (faults.length > 0 ? ['BYTES differ'] : [])
  const shrunk = await shrink(flipped, { run, shape: scenarioShape })

  expect(shrunk?.scenario.options.checksum).toBe(true)
})

it('halves numbers down to the smallest with the problem', async () => {
  const shrunk = await shrinkWith(({ files, events }) =>
    files.some(({ mebibytes }) => mebibytes > 5) && events.some(({ at }) => at > 1000)
      ? ['MORE bytes']
      : [],
  )

  const [file] = itemsOf(shrunk?.scenario ?? {}, 'files')
  expect(file?.mebibytes).toBeLessThanOrEqual(11)
  expect(valueAt(shrunk?.scenario ?? {}, ['events', '0', 'at'])).toBeLessThanOrEqual(2001)
})

it('drops no event of a file that stays, and every event of a file that goes', async () => {
  const seen: Case[] = []
  await shrinkWith((candidate) => {
    seen.push(candidate)
    return ['LOST it']
  })

  const orphans = seen.flatMap(({ files, events }) =>
    events.filter(({ file }) => file !== undefined && !files.some(({ name }) => name === file)),
  )
  expect(orphans).toEqual([])
})

it('runs each scenario once, and no more than it may', async () => {
  const seen = new Set<string>()
  let runs = 0
  const show = (candidate: Case) => {
    runs += 1
    seen.add(JSON.stringify(candidate))
    return candidate.faults.length > 11 ? ['HANG late'] : []
  }
  const shrunk = await shrinkWith(show, 40)

  expect(runs).toBe(40)
  expect(seen.size).toBe(40)
  expect(shrunk?.runs).toBe(40)
})

it('has nothing to do where there is no problem', async () => {
  expect(await shrinkWith(() => [])).toBeUndefined()
})

it('leaves out, and changes nothing else, where that is all that is wanted', async () => {
  const run = async ({ events }: Case) => (events.length > 0 ? ['HANG late'] : [])
  const shrunk = await shrink(scenario, { run, shape: scenarioShape, leavesOutOnly: true })

  const [, , last] = scenario.events
  expect(shrunk?.scenario).toMatchObject({ ...scenario, files: [{}], faults: [], events: [last] })
})
