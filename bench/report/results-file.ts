import { readFile, writeFile } from 'node:fs/promises'
import type { BenchResult } from './bench-result.js'

/** Writes results, and keeps those in the file that are about something else. */
export async function writeResults(path: string, results: readonly BenchResult[]): Promise<void> {
  const measured = new Set(results.map(identityOf))
  const kept = (await readResults(path)).filter((result) => !measured.has(identityOf(result)))
  await writeFile(path, `${JSON.stringify([...kept, ...results], undefined, 2)}\n`)
}

/** Reads results; none where there is no file yet. */
export async function readResults(path: string): Promise<BenchResult[]> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

function identityOf({ load, roundTripMs, subject, checksum }: BenchResult): string {
  return [load, roundTripMs, subject, checksum ?? 'default'].join(' ')
}
