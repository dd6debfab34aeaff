import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

// @ts-expect-error Plain JavaScript, so that it starts without a tool.
const { runSteps, countOf } = await import('../long/run.mjs')

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'long-run-'))
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
})
afterEach(() => rm(folder, { recursive: true }))

test('runs again what has not passed, and nothing else', async () => {
  const file = join(folder, 'results.json')
  const ran: string[] = []
  const failing = new Set(['b'])
  const runStep = async ({ name }: { name: string }) => {
    ran.push(name)
    return failing.has(name) ? { passed: 2, failed: 1 } : { passed: 3, failed: 0 }
  }
  const steps = [{ name: 'a' }, { name: 'b' }]

  await runSteps(steps, file, { runStep })
  const written = JSON.parse(await readFile(file, 'utf8'))
  failing.clear()
  const results = await runSteps(steps, file, { runStep })

  expect(written).toMatchObject({ a: { failed: 0 }, b: { passed: 2, failed: 1 } })
  expect(ran).toEqual(['a', 'b', 'b'])
  expect(results).toMatchObject([{ passed: 3 }, { passed: 3, failed: 0 }])
})

test.each([
  [
    'the last closing line',
    '1 passed, 1 failed\n5 passed, 2 failed\n',
    1,
    { passed: 5, failed: 2 },
  ],
  ['a crash after it', '5 passed, 0 failed\n', 1, { passed: 5, failed: 1 }],
  ['one without it', 'done\n', 0, { passed: 1, failed: 0 }],
  ['a failure without it', 'oops\n', 2, { passed: 0, failed: 1 }],
])('counts by %s', (_what, output, exitCode, expected) => {
  expect(countOf(output, exitCode)).toEqual(expected)
})
