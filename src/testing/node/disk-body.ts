import { type FileHandle, open, rm, writeFile } from 'node:fs/promises'
import type { BodyWriter, OpenBody, UnpublishedBody } from '../s3/storage.js'
import { renameInto } from './files.js'

/** Bodies up to this size wait in memory, larger ones in a file. */
const maxBytesInMemory = 1024 * 1024
const writeBytes = 512 * 1024
const readBytes = 256 * 1024

/** Bytes that wait to be published, in memory or in a file. */
export class DiskBody implements UnpublishedBody {
  readonly size: number
  readonly #path: string
  /** Left out where the bytes are in the file already. */
  readonly #chunks: readonly Uint8Array[] | undefined
  #isPublished = false

  constructor(path: string, size: number, chunks?: readonly Uint8Array[]) {
    this.#path = path
    this.size = size
    this.#chunks = chunks
  }

  /** Moves the bytes to a path in one step: others see what was there before, or all of them. */
  async publish(path: string, ensureFolder: () => Promise<unknown>): Promise<void> {
    if (this.#chunks) await writeFile(this.#path, this.#chunks)
    this.#isPublished = true
    await renameInto(this.#path, path, ensureFolder)
  }

  async discard(): Promise<void> {
    if (!this.#isPublished) await rm(this.#path, { force: true })
  }
}

/** Takes in a body: the first mebibyte in memory, then in a file at `path`. */
export class DiskBodyWriter implements BodyWriter {
  readonly #path: string
  #file: FileHandle | undefined
  #size = 0
  #pending: Uint8Array[] = []
  #pendingBytes = 0
  #writing: Promise<void> = Promise.resolve()

  constructor(path: string) {
    this.#path = path
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#size += chunk.byteLength
    this.#pending.push(chunk)
    this.#pendingBytes += chunk.byteLength
    const limit = this.#file ? writeBytes : maxBytesInMemory
    if (this.#pendingBytes > limit) await this.#writePending()
  }

  async finish(): Promise<DiskBody> {
    if (!this.#file) return new DiskBody(this.#path, this.#size, this.#pending)
    await this.#writePending()
    await this.#writing
    await this.#file.close()
    return new DiskBody(this.#path, this.#size)
  }

  async discard(): Promise<void> {
    this.#pending = []
    if (!this.#file) return
    await this.#writing.catch(() => {})
    await this.#file.close()
    await rm(this.#path, { force: true })
  }

  /** Starts writing what is pending, once the write before is done: one in the air, one being filled. */
  async #writePending(): Promise<void> {
    await this.#writing
    this.#file ??= await open(this.#path, 'wx')
    const [file, chunks, bytes] = [this.#file, this.#pending, this.#pendingBytes]
    this.#pending = []
    this.#pendingBytes = 0
    this.#writing = writeAll(file, chunks, bytes)
    // Whoever writes or finishes next hears of it.
    this.#writing.catch(() => {})
  }
}

/** Puts the files together at `path` and shows each chunk to `onChunk` on the way. */
export async function joinFiles(
  path: string,
  sources: readonly string[],
  onChunk?: (chunk: Uint8Array) => void,
): Promise<DiskBody> {
  const writer = new DiskBodyWriter(path)
  try {
    for (const source of sources) {
      const { size, body } = await openFile(source)
      const reader = body.read(0, size).getReader()
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        onChunk?.(next.value)
        await writer.write(next.value)
      }
    }
    return await writer.finish()
  } catch (error) {
    await writer.discard()
    throw error
  }
}

/** Opens a file; its bytes stay readable when another takes its place. */
export async function openFile(path: string): Promise<{ size: number; body: OpenBody }> {
  const file = await open(path, 'r')
  const { size } = await file.stat()
  return { size, body: { read: (start, end) => fileStream(file, start, end) } }
}

function fileStream(file: FileHandle, start: number, end: number): ReadableStream<Uint8Array> {
  let position = start
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const length = Math.min(readBytes, end - position)
        const buffer = Buffer.allocUnsafeSlow(length)
        const { bytesRead } =
          length > 0 ? await file.read(buffer, 0, length, position) : { bytesRead: 0 }
        position += bytesRead
        if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead))
        if (bytesRead > 0 && position < end) return
        await file.close()
        if (position < end)
          controller.error(new Error('s3-direct-upload: a stored file is too short.'))
        else controller.close()
      },
      cancel: () => file.close(),
    },
    { highWaterMark: 0 },
  )
}

async function writeAll(
  file: FileHandle,
  chunks: readonly Uint8Array[],
  bytes: number,
): Promise<void> {
  const { bytesWritten } = await file.writev(chunks)
  if (bytesWritten !== bytes)
    throw new Error('s3-direct-upload: the disk took only part of a body.')
}
