import { mebibyte } from '../../s3/byte-units.js'

/** Compares two files byte by byte, up to the first difference; rejects when one of them cannot be read. */
export async function haveSameBytes(a: Blob, b: Blob): Promise<boolean> {
  if (a.size !== b.size) return false
  for (let start = 0; start < a.size; start += mebibyte) {
    const slices = [a, b].map((file) => file.slice(start, start + mebibyte).arrayBuffer())
    const [ours, theirs] = await Promise.all(slices)
    if (!ours || !theirs || !areEqual(new Uint8Array(ours), new Uint8Array(theirs))) return false
  }
  return true
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
