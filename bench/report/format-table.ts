import type { BenchResult } from './bench-result.js'
import { markdownTable } from './markdown-table.js'

type Column = readonly [title: string, text: (result: BenchResult) => string]

const columns: readonly Column[] = [
  ['load', ({ load }) => load],
  ['ms', ({ roundTripMs }) => String(roundTripMs)],
  ['subject', nameOf],
  ['median', ({ medianMs }) => seconds(medianMs)],
  ['× raw', ({ ratioToRaw }) => (ratioToRaw ? ratioToRaw.toFixed(2) : '')],
  ['last small', ({ lastSmallMs }) => (lastSmallMs ? seconds(lastSmallMs) : '')],
  ['MB/s', ({ megabytesPerSecond }) => megabytesPerSecond.toFixed(1)],
  ['requests', ({ requests }) => String(requests)],
  ['browser CPU', ({ browserCpuSeconds }) => `${browserCpuSeconds.toFixed(1)} s`],
  ['memory', ({ rendererGrowthMB }) => `+${rendererGrowthMB.toFixed(0)} MB`],
  ['longest task', ({ longestTaskMs }) => (longestTaskMs ? `${longestTaskMs} ms` : '< 50 ms')],
  ['lost', ({ lostFiles }) => (lostFiles ? `${lostFiles} LOST` : '0')],
]

/** A Markdown table of results. */
export function formatTable(results: readonly BenchResult[]): string {
  return markdownTable([
    columns.map(([title]) => title),
    ...results.map((result) => columns.map(([, text]) => text(result))),
  ])
}

/** A subject with its setting. */
export function nameOf({ subject, checksum }: Pick<BenchResult, 'subject' | 'checksum'>): string {
  if (checksum === undefined) return subject
  return `${subject} (${checksum ? 'with' : 'without'} checksum)`
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(2)} s`
}
