import { markdownTable } from '../report/markdown-table.js'
import { median } from '../report/median.js'
import type { Signer, SigningTask } from './contestant.js'
import type { ContestantTurns } from './run-turns.js'

/** What `signing-results.json` says of a contestant. */
export interface SigningResult {
  readonly task: SigningTask
  readonly subject: Signer
  /** Signatures in a second of one core, the median of all turns. */
  readonly perSecond: number
  /** `perSecond` by that of `ours`: below 1 is slower than this package. */
  readonly ratioToOurs: number
}

/** Sums up the turns of all contestants. */
export function summarizeTurns(all: readonly ContestantTurns[]): SigningResult[] {
  const medians = all.map(({ contestant: { task, subject }, perSecond }) => ({
    task,
    subject,
    perSecond: median(perSecond),
  }))
  return medians.map(({ task, subject, perSecond }) => {
    const ours = medians.find((other) => other.task === task && other.subject === 'ours')
    return {
      task,
      subject,
      perSecond: Math.round(perSecond),
      ratioToOurs: ours ? Number((perSecond / ours.perSecond).toFixed(3)) : 0,
    }
  })
}

/** A Markdown table of results. */
export function formatSigningTable(results: readonly SigningResult[]): string {
  return markdownTable([
    ['task', 'subject', 'per second', '× ours'],
    ...results.map(({ task, subject, perSecond, ratioToOurs }) => [
      task,
      subject,
      String(perSecond),
      ratioToOurs.toFixed(2),
    ]),
  ])
}
