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

/** A file whose bytes can be replaced after it was chosen, as Firefox lets them; its size stays what it was. */
export function rewritableFile(chosen: File): { readonly file: File; rewrite(bytes: Blob): void } {
  let current: Blob = chosen
  const file = new File([chosen], chosen.name, {
    type: chosen.type,
    lastModified: chosen.lastModified,
  })
  file.slice = (start = 0, end = file.size) => current.slice(start, Math.min(end, file.size))
  // A whole file is read to its end, wherever that is by now.
  file.arrayBuffer = () => current.arrayBuffer()
  file.stream = () => current.stream()
  return {
    file,
    rewrite: (bytes) => {
      current = bytes
    },
  }
}

/** A file on a drive that may go away: then its reads neither succeed nor fail, until the drive is back. */
export function fileOnDrive(file: File): {
  readonly file: File
  goAway(): void
  comeBack(): void
} {
  let isBack: Promise<void> | undefined
  let comeBack = () => {}
  const onDrive = <Bytes extends Blob>(bytes: Bytes): Bytes => {
    const { slice, arrayBuffer, stream } = bytes
    bytes.slice = (...range) => onDrive(slice.apply(bytes, range))
    bytes.arrayBuffer = async () => {
      await isBack
      return await arrayBuffer.call(bytes)
    }
    bytes.stream = () => {
      const source = stream.call(bytes)
      const waiting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        start: () => isBack,
      })
      return source.pipeThrough(waiting)
    }
    return bytes
  }
  return {
    file: onDrive(file),
    goAway() {
      isBack = new Promise((resolve) => {
        comeBack = () => {
          isBack = undefined
          resolve()
        }
      })
    },
    comeBack: () => comeBack(),
  }
}
