const mebibyte = 1_048_576
const block = 65_536
const requestsAtOnce = 6

/** The part size of a file: 8 to 16 MiB, larger above 16 GB, so that no round of six parts is half empty. */
export function planParts(fileBytes: number): number {
  const grown = Math.min(roundUp(fileBytes / 18, block), 16 * mebibyte)
  const needed = Math.min(roundUp(fileBytes / 1000, mebibyte), 64 * mebibyte)
  const partBytes = Math.max(8 * mebibyte, grown, needed)
  const count = Math.ceil(fileBytes / partBytes)
  const inLastRound = count % requestsAtOnce
  if (inLastRound === 0 || count < requestsAtOnce || count > 60) return partBytes
  return roundUp(fileBytes / (count - inLastRound), block)
}

function roundUp(bytes: number, step: number): number {
  return Math.ceil(bytes / step) * step
}
