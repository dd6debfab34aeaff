import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Files on the disk for one row. */
export interface RowFiles {
  /** Writes a file of random bytes and returns its path. */
  write(name: string, sizeBytes: number): Promise<string>
  /** Puts other bytes into a file, as many, where it lies. */
  rewrite(path: string): Promise<void>
  /** SHA-256 of a file as it is now, hexadecimal. */
  sha256(path: string): Promise<string>
  remove(): Promise<void>
}

export async function createRowFiles(): Promise<RowFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'engine-files-'))
  return {
    async write(name, sizeBytes) {
      const path = join(folder, name)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, randomBytes(sizeBytes))
      return path
    },
    async rewrite(path) {
      const file = await open(path, 'r+')
      const { size } = await file.stat()
      await file.write(randomBytes(size), 0, size, 0)
      await file.close()
    },
    sha256: async (path) =>
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    remove: () => rm(folder, { recursive: true }),
  }
}
