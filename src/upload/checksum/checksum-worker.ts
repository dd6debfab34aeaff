import type { DigestMessage, DigestRequest } from './digest-messages.js'

/** Buffers to read into once more: one that is left behind stays in memory until it is collected. */
const spares: ArrayBuffer[] = []

/** Chromium collects a stream that nothing refers to but the code that waits for it, which then waits for ever. */
const readers = new Set<ReadableStreamBYOBReader>()

/** Computes the SHA-256 of blobs beside the page. It runs on its own, so nothing but types may be imported here. */
addEventListener('message', ({ data }: MessageEvent<DigestRequest>) => {
  void answer(data)
})
send({ type: 'ready' })

async function answer({ id, blob }: DigestRequest): Promise<void> {
  try {
    const bytes = await read(blob)
    const digest = await crypto.subtle.digest('SHA-256', bytes)
    spares.push(bytes.buffer)
    send({ type: 'digest', id, digest }, [digest])
  } catch (error) {
    // Reading and hashing reject with nothing else.
    const { name, message } = error as DOMException
    send({ type: 'failure', id, name, message })
  }
}

async function read(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readInto(takeBuffer(blob.size), blob)
  } catch {
    // Not every browser reads blobs into a buffer, and only this way names what is wrong with a file.
    const bytes = new Uint8Array(await blob.arrayBuffer())
    if (bytes.length === blob.size) return bytes
    throw new DOMException('The file has another size.', 'NotReadableError')
  }
}

function takeBuffer(size: number): ArrayBuffer {
  const spare = spares.pop()
  return spare && spare.byteLength >= size ? spare : new ArrayBuffer(size)
}

async function readInto(target: ArrayBuffer, blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const reader = blob.stream().getReader({ mode: 'byob' })
  readers.add(reader)
  try {
    return await fill(target, reader, blob)
  } finally {
    readers.delete(reader)
  }
}

async function fill(
  target: ArrayBuffer,
  reader: ReadableStreamBYOBReader,
  blob: Blob,
): Promise<Uint8Array<ArrayBuffer>> {
  let buffer = target
  for (let offset = 0; offset < blob.size; ) {
    // The buffer comes back as another object; the one that was handed over is empty.
    const { value, done } = await reader.read(new Uint8Array(buffer, offset, blob.size - offset))
    if (done) throw new DOMException('The file has become shorter.', 'NotReadableError')
    buffer = value.buffer
    offset += value.byteLength
  }
  await requireEnd(reader)
  return new Uint8Array(buffer, 0, blob.size)
}

/** Not every browser refuses to read a file that has grown. */
async function requireEnd(reader: ReadableStreamBYOBReader): Promise<void> {
  const { done } = await reader.read(new Uint8Array(1))
  if (done) return
  await reader.cancel()
  throw new DOMException('The file has become longer.', 'NotReadableError')
}

function send(message: DigestMessage, transfer: Transferable[] = []): void {
  postMessage(message, { transfer })
}
