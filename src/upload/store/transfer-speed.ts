/** Speed over the last few seconds, from the bytes that were really sent. */
export interface TransferSpeed {
  /** Counts `bytes` as sent just now. */
  add(bytes: number): void
  /** Bytes per second over the window; 0 when nothing was sent in it. */
  bytesPerSecond(): number
}

const windowMs = 5_000
const sampleMs = 250

/** Creates a sliding window over the last five seconds. */
export function createTransferSpeed(now: () => number): TransferSpeed {
  let samples: { at: number; bytes: number }[] = []

  const dropOld = (time: number) => {
    samples = samples.filter((sample) => time - sample.at <= windowMs)
  }

  return {
    add(bytes) {
      const time = now()
      const last = samples.at(-1)
      if (last && time - last.at < sampleMs) last.bytes += bytes
      else {
        dropOld(time)
        samples.push({ at: time, bytes })
      }
    },
    bytesPerSecond() {
      const time = now()
      dropOld(time)
      const [first] = samples
      if (!first) return 0
      const total = samples.reduce((sum, sample) => sum + sample.bytes, 0)
      return total / (Math.max(time - first.at, sampleMs) / 1000)
    },
  }
}
