import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { Run } from '../../../bench/measure/run-once.js'
import type { Contestant } from '../../../bench/plan/contestants.js'
import { type BenchResult, summarize } from '../../../bench/report/bench-result.js'
import { formatTable } from '../../../bench/report/format-table.js'
import { median } from '../../../bench/report/median.js'
import { writeResults } from '../../../bench/report/results-file.js'

const load = { name: '200x1MB', files: [{ count: 2, bytes: 1_000_000 }] }

function runsOf(contestant: Contestant, durationMs: readonly number[], run: Partial<Run> = {}) {
  const runs = durationMs.map((ms) => ({
    durationMs: ms,
    lastSmallMs: 0,
    longestTaskMs: 0,
    browserCpuSeconds: 1,
    serverCpuSeconds: 1,
    rendererGrowthBytes: 0,
    requests: 2,
    lostFiles: 0,
    ...run,
  }))
  return { contestant, runs }
}

const results = summarize(load, 60, [
  runsOf({ subject: 'raw' }, [1000, 4000, 2000]),
  runsOf({ subject: 'ours' }, [2100, 2300, 2200]),
  runsOf({ subject: 'uppy-put' }, [9000], { lostFiles: 1, error: 'Error: gone' }),
])

it('the median of an even number is between the two in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([])]).toEqual([2, 2.5, 0])
})

it('compares medians with those of raw', () => {
  expect(results.map(({ medianMs, ratioToRaw }) => [medianMs, ratioToRaw])).toEqual([
    [2000, 1],
    [2200, 1.1],
    [9000, 4.5],
  ])
})

it('marks who lost files', () => {
  expect(results[2]).toMatchObject({ lostFiles: 1, error: 'Error: gone' })
  expect(formatTable(results)).toContain('1 LOST')
})

it('keeps results of other loads in the file, in the order of loads and subjects', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'bench-results-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const path = join(directory, 'results.json')
  const others = summarize({ ...load, name: '1x256MB' }, 60, [runsOf({ subject: 'raw' }, [1])])

  await writeResults(path, others)
  await writeResults(path, results)
  await writeResults(path, results)

  const written: BenchResult[] = JSON.parse(await readFile(path, 'utf8'))
  expect(written.map(({ load, subject }) => `${load} ${subject}`)).toEqual([
    '200x1MB raw',
    '200x1MB ours',
    '200x1MB uppy-put',
    '1x256MB raw',
  ])
})
