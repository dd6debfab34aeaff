import { kibibyte } from '../../s3/byte-units.js'
import { type FileInParts, partCountOf, partRange } from '../../s3/part-plan.js'

const spotBytes = kibibyte

/** Places that are read of each part; of a file in very many parts only both ends. */
const manySpots = 4
const fewSpots = 2
const maxPartsWithManySpots = 1000

/** Parts that are read at once: each takes several reads, and a page has other files. */
const concurrency = 4

/** Chromium collects a stream that nothing refers to but the code that waits for it, which then waits for ever. */
const readers = new Set<ReadableStreamDefaultReader>()

/**
 * Reads a few places of a part, both ends among them, and condenses them to a text that other bytes hardly have.
 *
 * Rejects with a `DOMException` when a place cannot be read or is there no longer.
 */
export async function samplePart(
  source: Blob,
  plan: FileInParts,
  partNumber: number,
): Promise<string> {
  const { start, end } = partRange(plan, partNumber)
  const spots = partCountOf(plan) > maxPartsWithManySpots ? fewSpots : manySpots
  const size = end - start
  const read = async (from: number, bytes: number) =>
    await readAll(source.slice(from, from + bytes), bytes)
  if (size <= spots * spotBytes) return condense([await read(start, size)])
  const starts = Array.from({ length: spots }, (_, index) =>
    Math.floor(start + (index * (size - spotBytes)) / (spots - 1)),
  )
  return condense(await Promise.all(starts.map((spot) => read(spot, spotBytes))))
}

/** Reads all of a small file and condenses it; rejects with a `DOMException` when it has another size by now. */
export async function sampleAllOf(source: Blob): Promise<string> {
  return condense([await readAll(source, source.size)])
}

/** Asks for a file’s date: only from then on does Chromium compare it, and refuses to read the file when it is another. */
export function haveDateNoted(source: Blob): void {
  if ('lastModified' in source) void source.lastModified
}

/** Reads the first and the last byte, or the nothing there is; rejects with a `DOMException` when they are not there. */
export async function readEnds(blob: Blob): Promise<void> {
  const { size } = blob
  // Of a slice without bytes a browser reads nothing, not even the date.
  if (size === 0) await readAll(blob, 0)
  else await Promise.all([readAll(blob.slice(0, 1), 1), readAll(blob.slice(size - 1), 1)])
}

/** Whether a file is longer by now than the browser says, as far as it lets this be read. */
export async function hasGrown(file: Blob): Promise<boolean> {
  const reader = file.stream().getReader()
  readers.add(reader)
  try {
    return await givesMoreThan(file.size, reader)
  } finally {
    readers.delete(reader)
  }
}

async function givesMoreThan(
  size: number,
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<boolean> {
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return bytes > size
    bytes += value.byteLength
    if (bytes <= size) continue
    await reader.cancel()
    return true
  }
}

/** Samples every part of a file, in their order. */
export async function samplesOf(source: Blob, plan: FileInParts): Promise<readonly string[]> {
  const count = partCountOf(plan)
  const samples: string[] = []
  let next = 1
  const readNext = async () => {
    while (next <= count) {
      const partNumber = next
      next += 1
      samples[partNumber - 1] = await samplePart(source, plan, partNumber)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, readNext))
  return samples
}

/** Some browsers hand over less than was asked for when a file has become shorter, and more when it has grown. */
async function readAll(blob: Blob, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  if (bytes.length !== size)
    throw new DOMException('The file has another size.', 'NotReadableError')
  return bytes
}

/** Two rounds of FNV-1a: what comes by accident is told apart, and pages without `crypto.subtle` have it too. */
function condense(pieces: readonly Uint8Array[]): string {
  let a = 0x811c9dc5
  let b = 0x01234567
  for (const piece of pieces) {
    for (const byte of piece) {
      a = Math.imul(a ^ byte, 0x01000193)
      b = Math.imul(b ^ byte ^ (a >>> 24), 0x85ebca6b)
    }
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36)
}
