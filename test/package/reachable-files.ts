import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { repositoryPath } from '../support/repository-path.js'

/** Walks the import graph of `dist`, static and dynamic imports, workers included. */
export async function reachableFrom(entry: string) {
  const reference = /\b(?:from|import)\s*\(?\s*["']([^"']+)["']|new URL\(\s*["']([^"']+\.js)["']/g
  const files = new Set<string>([entry])
  const packages = new Set<string>()
  const sources: string[] = []
  for (const file of files) {
    const source = await readFile(repositoryPath(`dist/${file}`), 'utf8')
    sources.push(source)
    for (const [, imported, worker] of withoutComments(source).matchAll(reference)) {
      const target = imported ?? worker ?? ''
      if (target.startsWith('.')) files.add(join(dirname(file), target).replaceAll('\\', '/'))
      else packages.add(target)
    }
  }
  return { files: [...files], packages: [...packages], sources }
}

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/^\s*\/\/.*$/gm, '')
}
