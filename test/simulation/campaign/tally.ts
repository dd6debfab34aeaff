import { nameCells } from '../coverage/cell-numbers.js'
import { addCounts } from '../coverage/counts.js'
import type { ChunkResult } from './chunk-result.js'
import { problemClass } from './problem-class.js'
import type { Sizes } from './worker-process.js'

/** Seeds that have shown problems of one class. */
export interface ProblemCount {
  count: number
  /** The first of them. */
  readonly seeds: number[]
  readonly sizes: Sizes
  readonly example: string
}

const mostSeeds = 8

/** What a campaign has shown so far. */
export class Tally {
  seeds = 0
  failed = 0
  settledMs = 0
  readonly steps: number[] = []
  readonly bytesRatios: number[] = []
  worstSeed = 0
  readonly coverage: Record<string, number> = {}
  readonly classes = new Map<string, ProblemCount>()
  #worstRatio = 0

  add(result: ChunkResult): void {
    const { seeds, sizes, steps, bytesRatios, settledMs, failed, coverage } = result
    addCounts(this.coverage, nameCells(coverage))
    this.seeds += seeds.length
    this.failed += failed.length
    this.settledMs += settledMs
    this.steps.push(...steps)
    this.bytesRatios.push(...bytesRatios.filter((ratio) => ratio > 0))
    for (const [index, ratio] of bytesRatios.entries()) {
      if (ratio <= this.#worstRatio) continue
      this.#worstRatio = ratio
      this.worstSeed = seeds[index] ?? 0
    }
    for (const { seed, problems } of failed) {
      for (const problem of problems) this.#count(problem, seed, sizes)
    }
  }

  #count(problem: string, seed: number, sizes: Sizes): void {
    const name = problemClass(problem)
    const known = this.classes.get(name) ?? { count: 0, seeds: [], sizes, example: problem }
    known.count += 1
    if (!known.seeds.includes(seed) && known.seeds.length < mostSeeds) known.seeds.push(seed)
    this.classes.set(name, known)
  }
}
