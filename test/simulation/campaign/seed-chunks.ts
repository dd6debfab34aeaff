import type { Sizes } from './worker-process.js'

/** Seeds that one worker runs without a break. */
export interface SeedChunk {
  readonly sizes: Sizes
  readonly seeds: readonly number[]
}

/** Which seeds are run, and how. */
export interface SeedPlan {
  readonly from: number
  /** Infinity for as many as there is time for. */
  readonly count: number
  /** What most seeds are run with. */
  readonly sizes: Sizes
  /** Of so many seeds, one is run with real sizes. @default none */
  readonly realEvery: number | undefined
}

const chunkLength = 25

/** Deals out seeds in chunks, in order; real sizes go alone, since they take as long as a chunk. */
export function* seedChunks(
  { from, count, sizes, realEvery }: SeedPlan,
  isDone: (seed: number) => boolean,
): Generator<SeedChunk, undefined> {
  const isReal = (seed: number) => realEvery !== undefined && seed % realEvery === 0
  const end = from + count
  for (let first = from; first < end; first += chunkLength) {
    const length = Math.min(chunkLength, end - first)
    const all = Array.from({ length }, (_, index) => first + index)
    const left = all.filter((seed) => !isDone(seed))
    for (const seed of left.filter(isReal)) yield { sizes: 'real', seeds: [seed] }
    const others = left.filter((seed) => !isReal(seed))
    if (others.length > 0) yield { sizes, seeds: others }
  }
}
