import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Job, Outcome } from '../campaign/messages.js'
import { WorkerProcess } from '../campaign/worker-process.js'
import type { KeptCase } from '../cases/kept-case.js'

const startSeconds = 120
const seeds = Array.from({ length: 20 }, (_, index) => 500 + index)

// Each mend of the handler, taken out again, and the kept case that shows it.
it.each([
  ['zombie-aborts-living-upload', 'zombie-aborts-what-it-began', 'ZOMBIE'],
  ['zombie-aborts-newer-upload', 'zombie-aborts-others', 'ZOMBIE'],
  ['zombie-begins-for-nobody', 'zombie-begins', 'ZOMBIE'],
  ['zombie-begins-orphan', 'object-is-overlooked', 'OVERLOOKED'],
  ['rotated-secret', 'older-secret-is-forgotten', 'LEFT'],
  ['last-place', 'all-take-the-last-place', 'LIMIT'],
])('%s is shown by %s as %s', { timeout: startSeconds * 1000 }, async (name, mutant, problem) => {
  const [outcome] = await run({ runs: [readCase(name)] }, mutant)

  expect(outcome?.problems[0]).toMatch(new RegExp(`^${problem} `))
})

it('the same seed of servers is the same run, in one process and in another', {
  timeout: startSeconds * 1000,
}, async () => {
  const [twice, again] = await Promise.all([
    run({ runs: seeds, repeat: 2 }),
    run({ runs: seeds.toReversed() }),
  ])

  expect(twice.flatMap(({ problems }) => problems)).toEqual([])
  expect(again.toReversed().map(({ hash }) => hash)).toEqual(twice.map(({ hash }) => hash))
})

function readCase(name: string): KeptCase {
  // Only the simulation writes them.
  const path = new URL(`../cases/server-${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(path, 'utf8')) as KeptCase
}

/** Runs a job in a process of its own: there are globals of a page, and hooks that change modules. */
async function run(
  job: Pick<Job, 'runs'> & Partial<Pick<Job, 'repeat'>>,
  mutant?: string,
): Promise<Outcome[]> {
  const worker = new WorkerProcess('small', mutant)
  const outcomes: Outcome[] = []
  await worker.run(
    { repeat: 1, isOfServers: true, wantsTrace: false, wantsRequests: false, ...job },
    (outcome) => outcomes.push(outcome),
  )
  worker.end()
  return outcomes
}
