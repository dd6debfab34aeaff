import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Job, Outcome } from './campaign/messages.js'
import { WorkerProcess } from './campaign/worker-process.js'
import type { KeptCase } from './cases/kept-case.js'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const cases = readdirSync(here('cases'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, kept: readCase(name) }))
const seeds = Array.from({ length: 20 }, (_, index) => 500 + index)

// They need a process of their own: globals of a page, and hooks that change modules.
const workers = [new WorkerProcess('small'), new WorkerProcess('small')] as const
const startSeconds = 120

let outcomes: Outcome[]

beforeAll(async () => {
  outcomes = await run(0, { runs: cases.map(({ kept }) => kept) })
}, startSeconds * 1000)

afterAll(() => {
  for (const worker of workers) worker.end()
})

it.for(cases.map(({ name }, index) => ({ name, index })))(
  '$name shows no problem any more',
  ({ index }) => {
    expect(outcomes[index]?.problems).toEqual([])
  },
)

it('the same seed is the same run, in one process and in another', {
  timeout: startSeconds * 1000,
}, async () => {
  const [twice, again] = await Promise.all([
    run(0, { runs: seeds, repeat: 2 }),
    run(1, { runs: seeds.toReversed() }),
  ])

  expect(twice.flatMap(({ problems }) => problems)).toEqual([])
  expect(again.toReversed().map(({ hash }) => hash)).toEqual(twice.map(({ hash }) => hash))
})

it('a problem is told with the command that shows it again', {
  timeout: startSeconds * 1000,
}, async () => {
  // Every byte of a file has to be sent once.
  const command = ['--seeds', '4', '--from', '500', '--workers', '1', '--max-bytes-ratio', '0.5']
  const { code, stdout } = await simulate(command)

  expect(code).toBe(1)
  expect(stdout).toMatch(
    /✗ \d+x, seeds (\d+).*: BOUNDS bytes.*\n {2}npm run simulate -- --seed \1 --trace --max-bytes-ratio 0.5\n/,
  )
  expect(stdout).toMatch(/\n\d passed, [1-4] failed\n$/)
})

function readCase(name: string): KeptCase {
  // Only the simulation writes them.
  return JSON.parse(readFileSync(here(`cases/${name}`), 'utf8')) as KeptCase
}

async function run(
  index: 0 | 1,
  job: Pick<Job, 'runs'> & Partial<Pick<Job, 'repeat'>>,
): Promise<Outcome[]> {
  const found: Outcome[] = []
  await workers[index].run(
    { repeat: 1, wantsTrace: false, wantsRequests: false, ...job },
    (outcome) => found.push(outcome),
  )
  return found
}

async function simulate(args: readonly string[]): Promise<{ code: number; stdout: string }> {
  const imports = ['--import', new URL('../../bench/typescript-source.ts', import.meta.url).href]
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...imports,
      here('run.ts'),
      ...args,
    ])
    return { code: 0, stdout }
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string }
    return { code, stdout }
  }
}
