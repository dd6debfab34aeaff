import { appendFile, type FileHandle, open, rm, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { BodyWriter, UnpublishedBody } from '../../s3/model/storage.js'
import { renameInto } from './files.js'

/** Bodies up to this size wait in memory, larger ones in a file. */
const maxBytesInMemory = 1024 * 1024
const writeBytes = 512 * 1024

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

  /** Of the file in which the bytes wait. */
  get fileName(): string {
    return basename(this.#path)
  }

  /** Has all bytes written to the file, and a trailer behind them. */
  async settle(trailer?: Uint8Array): Promise<void> {
    const end = trailer ? [trailer] : []
    if (this.#chunks) await writeFile(this.#path, [...this.#chunks, ...end], { flag: 'wx' })
    else if (trailer) await appendFile(this.#path, trailer)
  }

  /** Moves the settled bytes to a path in one step: others see what was there before, or all of them. */
  async publish(path: string, ensureFolder: () => Promise<unknown>): Promise<void> {
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
    // The next write, or the end, rejects with it.
    this.#writing.catch(() => {})
  }
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
