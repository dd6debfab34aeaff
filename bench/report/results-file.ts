import { readFile, writeFile } from 'node:fs/promises'
import { loads } from '../plan/loads.js'
import { subjectNames } from '../plan/subject-names.js'
import type { BenchResult } from './bench-result.js'

/** Writes results, and keeps those in the file that are about something else. */
export async function writeResults(path: string, results: readonly BenchResult[]): Promise<void> {
  const measured = new Set(results.map(identityOf))
  const kept = (await readResults(path)).filter((result) => !measured.has(identityOf(result)))
  const all = [...kept, ...results].sort((a, b) => compare(orderOf(a), orderOf(b)))
  await writeFile(path, `${JSON.stringify(all, undefined, 2)}\n`)
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

function orderOf({ load, roundTripMs, subject, checksum }: BenchResult): readonly number[] {
  const variant = [undefined, true, false].indexOf(checksum)
  const loadIndex = loads.findIndex(({ name }) => name === load)
  return [loadIndex, roundTripMs, subjectNames.indexOf(subject), variant]
}

/** By the first numbers that differ. */
function compare(a: readonly number[], b: readonly number[]): number {
  const [difference = 0] = a.map((value, index) => value - (b[index] ?? 0)).filter(Boolean)
  return difference
}
