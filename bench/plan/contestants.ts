import type { BenchOptions } from './command-line.js'
import type { Load } from './loads.js'
import type { SubjectName } from './subject-names.js'

/** A subject with its settings. */
export interface Contestant {
  readonly subject: SubjectName
  /** Whether it sends checksums, where that was set. */
  readonly checksum?: boolean | undefined
}

/** Returns the contestants of a load. */
export function contestantsOf(load: Load, { subjects, checksum }: BenchOptions): Contestant[] {
  return subjects.flatMap((subject): Contestant[] => {
    if (subject !== 'ours' && subject !== 'before') return [{ subject }]
    if (checksum !== undefined) return [{ subject, checksum }]
    return load.alsoWithoutChecksum ? [{ subject }, { subject, checksum: false }] : [{ subject }]
  })
}

/** The order of a round: each round begins with another item, so that none always follows the same one. */
export function rotated<T>(items: readonly T[], round: number): T[] {
  const shift = items.length === 0 ? 0 : round % items.length
  return [...items.slice(shift), ...items.slice(0, shift)]
}
