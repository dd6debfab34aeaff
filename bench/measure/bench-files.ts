import { randomBytes } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Load } from '../plan/loads.js'

const blockBytes = 16 * 1024 * 1024

/** Writes the files of a load to disk and returns their paths. */
export async function writeBenchFiles(load: Load, directory: string): Promise<string[]> {
  const folder = join(directory, load.name)
  await mkdir(folder, { recursive: true })
  const block = randomBytes(blockBytes)
  const paths: string[] = []
  for (const { count, bytes } of load.files) {
    for (let index = 0; index < count; index += 1) {
      const path = join(folder, `${bytes}-${index}.bin`)
      await writeFile(path, bytes, block)
      paths.push(path)
    }
  }
  return paths
}

async function writeFile(path: string, bytes: number, block: Buffer): Promise<void> {
  const file = await open(path, 'w')
  for (let left = bytes; left > 0; left -= block.length) {
    await file.write(block, 0, Math.min(left, block.length))
  }
  await file.close()
}
