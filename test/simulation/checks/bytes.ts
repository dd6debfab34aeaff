import { mebibyte } from '../../../src/s3/byte-units.js'
import type { Run } from '../run/run-scenario.js'

/** Below this, what requests cost beside the file counts for more than the file. */
const leastBytes = 10 * mebibyte

/** Bytes that were sent ÷ bytes of the files; 0 where there are hardly any. */
export function bytesRatio({ world, user }: Run): number {
  const total = [...user.disk.values()].reduce((sum, { bytes }) => sum + bytes.length, 0)
  return total < leastBytes ? 0 : world.network.sentBytes / total
}
