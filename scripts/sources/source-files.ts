import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSource, type SourceModule } from './parse-source.js'

const repository = fileURLToPath(new URL('../..', import.meta.url))

/** Parses each TypeScript file in these folders of the repository. */
export async function readSources(folders: readonly string[]): Promise<SourceModule[]> {
  const paths = (await Promise.all(folders.map(typescriptFiles))).flat().toSorted()
  return Promise.all(
    paths.map(async (path) => parseSource(path, await readFile(join(repository, path), 'utf8'))),
  )
}

async function typescriptFiles(folder: string): Promise<string[]> {
  const entries = await readdir(join(repository, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
}
