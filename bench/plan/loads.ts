/** A set of files, and who uploads them. */
export interface Load {
  readonly name: string
  readonly files: readonly { readonly count: number; readonly bytes: number }[]
  /** Whether it goes straight to the servers of this machine, without a line. */
  readonly isLoopback?: boolean
  /** Whether the package of this repository runs once more, without the checksums it sends by default. */
  readonly alsoWithoutChecksum?: boolean
  /** Whether the page was loaded before, so that its code lies in the browser's cache. */
  readonly isWarm?: boolean
  /** Whether the files come without a pointer or focus before them, at which the page loads code. */
  readonly isSudden?: boolean
}

const large = { count: 1, bytes: 256_000_000 }
const gibibyte = { count: 1, bytes: 1024 ** 3 }
const first = { count: 1, bytes: 100_000 }
const manySmall = { count: 500, bytes: 10_000 }

/** All loads, in the order in which they run. */
export const loads: readonly Load[] = [
  { name: '1000x10KB', files: [{ count: 1000, bytes: 10_000 }] },
  { name: '200x1MB', files: [{ count: 200, bytes: 1_000_000 }] },
  { name: '1x256MB', files: [large], alsoWithoutChecksum: true },
  { name: '1x1GiB', files: [gibibyte], alsoWithoutChecksum: true },
  { name: 'mixed', files: [large, manySmall] },
  { name: 'small-alone', files: [manySmall] },
  {
    name: 'loopback-1GiB',
    files: [gibibyte],
    isLoopback: true,
    alsoWithoutChecksum: true,
  },
  { name: 'first-file', files: [first] },
  { name: 'first-file-warm', files: [first], isWarm: true },
  { name: 'first-file-sudden', files: [first], isSudden: true },
]

/** Files below this size count as small where the last small one is timed. */
export const smallBelowBytes = 1_000_000
