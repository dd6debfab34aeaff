/** Numbers that only a seed decides. */
export interface Random {
  /** From 0 up to 1. */
  share(): number
  /** A whole number, both ends included. */
  integer(from: number, to: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly [T, ...T[]]): T
}

/** Makes the same numbers for the same text: FNV-1a and Mulberry32. */
export function createRandom(text: string): Random {
  let state = 2_166_136_261
  for (const character of text) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16_777_619)
  }
  const share = mulberry32(state)
  const integer = (from: number, to: number) => from + Math.floor(share() * (to - from + 1))
  return {
    share,
    integer,
    chance: (probability) => share() < probability,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
  }
}

/** Mulberry32: makes the same shares, from 0 up to 1, for the same seed. */
export function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
