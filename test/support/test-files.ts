import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** A temporary folder with files of random content. */
export interface TestFolder {
  readonly path: string
  /** Writes a file of random bytes and returns its path. */
  write(name: string, sizeBytes: number): Promise<string>
  /** Makes an empty folder, or folders in folders, and returns its path. */
  makeFolder(name: string): Promise<string>
  remove(): Promise<void>
}

export async function createTestFolder(): Promise<TestFolder> {
  const path = await mkdtemp(join(tmpdir(), 'test-files-'))
  return {
    path,
    async write(name, sizeBytes) {
      const file = join(path, name)
      await mkdir(dirname(file), { recursive: true })
      if (sizeBytes <= mebibyte) await writeFile(file, randomBytes(sizeBytes))
      else await pipeline(Readable.from(randomChunks(sizeBytes)), createWriteStream(file))
      return file
    },
    async makeFolder(name) {
      await mkdir(join(path, name), { recursive: true })
      return join(path, name)
    },
    remove: () => rm(path, { recursive: true }),
  }
}

/** SHA-256 of a file, hexadecimal. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

const mebibyte = 1024 * 1024

function* randomChunks(sizeBytes: number): Generator<Uint8Array> {
  for (let left = sizeBytes; left > 0; left -= mebibyte) yield randomBytes(Math.min(left, mebibyte))
}
