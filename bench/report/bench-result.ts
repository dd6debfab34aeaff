import type { Run } from '../measure/run-once.js'
import type { ContestantRuns } from '../measure/run-rounds.js'
import type { Load } from '../plan/loads.js'
import type { SubjectName } from '../plan/subject-names.js'
import { median } from './median.js'

/** What `results.json` says of a subject under a load. Numbers are medians unless they are lists. */
export interface BenchResult {
  readonly load: string
  /** 0 on loopback. */
  readonly roundTripMs: number
  readonly subject: SubjectName
  /** Of `ours` alone, and only where it was set; else its default holds. */
  readonly checksum?: boolean | undefined
  /** From adding the files to the last confirmed completion. */
  readonly runsMs: readonly number[]
  readonly medianMs: number
  readonly ratioToRaw: number
  /** Requests of the browser to S3 and to the app, preflights included. */
  readonly requests: number
  readonly megabytesPerSecond: number
  /** When the last small file was complete, where the load has small and large ones. */
  readonly lastSmallMs?: number | undefined
  readonly browserCpuSeconds: number
  readonly serverCpuSeconds: number
  /** In units of 1,000,000 bytes: the highest growth of a renderer's resident memory in any run. */
  readonly rendererGrowthMB: number
  /** The longest task of the page's main thread in any run, 0 where none took more than 50 ms. */
  readonly longestTaskMs: number
  /** Files missing after the worst run: not 0, and the time counts for nothing. */
  readonly lostFiles: number
  /** What the subject said of them. */
  readonly error?: string | undefined
}

/** Sums up the runs of a load. */
export function summarize(
  load: Load,
  roundTripMs: number,
  all: readonly ContestantRuns[],
): BenchResult[] {
  const raw = all.find(({ contestant }) => contestant.subject === 'raw')
  const rawMs = raw && medianOf(raw.runs, (run) => run.durationMs)
  const bytes = load.files.reduce((sum, file) => sum + file.count * file.bytes, 0)
  return all.map(({ contestant, runs }) => {
    const medianMs = medianOf(runs, (run) => run.durationMs)
    const lastSmallMs = medianOf(runs, (run) => run.lastSmallMs)
    return {
      load: load.name,
      roundTripMs,
      ...contestant,
      runsMs: runs.map((run) => Math.round(run.durationMs)),
      medianMs: Math.round(medianMs),
      ratioToRaw: rawMs ? rounded(medianMs / rawMs, 3) : 0,
      requests: medianOf(runs, (run) => run.requests),
      megabytesPerSecond: rounded(bytes / 1000 / medianMs, 1),
      ...(load.files.length > 1 && { lastSmallMs: Math.round(lastSmallMs) }),
      browserCpuSeconds: rounded(
        medianOf(runs, (run) => run.browserCpuSeconds),
        2,
      ),
      serverCpuSeconds: rounded(
        medianOf(runs, (run) => run.serverCpuSeconds),
        2,
      ),
      rendererGrowthMB: rounded(highestOf(runs, (run) => run.rendererGrowthBytes) / 1e6, 1),
      longestTaskMs: Math.round(highestOf(runs, (run) => run.longestTaskMs)),
      lostFiles: highestOf(runs, (run) => run.lostFiles),
      error: runs.find(({ error }) => error !== undefined)?.error,
    }
  })
}

function medianOf(runs: readonly Run[], read: (run: Run) => number): number {
  return median(runs.map(read))
}

function highestOf(runs: readonly Run[], read: (run: Run) => number): number {
  return Math.max(0, ...runs.map(read))
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
