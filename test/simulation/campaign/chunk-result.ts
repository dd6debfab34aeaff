import { type NumberedCounts, numberCells } from '../coverage/cell-numbers.js'
import { addCounts } from '../coverage/counts.js'
import type { Outcome } from './messages.js'
import type { SeedChunk } from './seed-chunks.js'

/** A seed that has shown something, and what. */
export interface FailedSeed {
  readonly seed: number
  readonly problems: readonly string[]
}

/** What a chunk of seeds has shown, short enough to keep millions. */
export interface ChunkResult extends SeedChunk {
  /** Of each seed. */
  readonly steps: readonly number[]
  /** Bytes sent ÷ size of each seed; 0 where there are hardly any bytes. */
  readonly bytesRatios: readonly number[]
  /** Of the clock, until everything was complete or failed. */
  readonly settledMs: number
  readonly failed: readonly FailedSeed[]
  /** How often it has reached cells of the coverage tables. */
  readonly coverage: NumberedCounts
}

/** Sums up the outcomes of a chunk. */
export function chunkResult(chunk: SeedChunk, outcomes: readonly Outcome[]): ChunkResult {
  const coverage = {}
  for (const outcome of outcomes) addCounts(coverage, outcome.coverage)
  return {
    ...chunk,
    coverage: numberCells(coverage),
    steps: outcomes.map(({ steps }) => steps),
    bytesRatios: outcomes.map(({ bytesRatio }) => Number(bytesRatio.toFixed(2))),
    settledMs: Math.round(outcomes.reduce((sum, { settledMs }) => sum + settledMs, 0)),
    failed: outcomes.flatMap(({ problems }, index) =>
      problems.length > 0 ? [{ seed: chunk.seeds[index] ?? 0, problems }] : [],
    ),
  }
}
