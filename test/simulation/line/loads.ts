const mebibyte = 1_048_576

const tenKilobytes = (count: number) => Array<number>(count).fill(10_000)

/** The sizes of the files that are uploaded together, in bytes. */
export const loads = {
  s10k: tenKilobytes(1000),
  s1m: Array<number>(200).fill(1_000_000),
  f25: [25 * mebibyte],
  f110: [110_000_000],
  f256: [256_000_000],
  mixed: [256_000_000, ...tenKilobytes(500)],
} satisfies Record<string, readonly number[]>

/** The name of a load. */
export type LoadName = keyof typeof loads
