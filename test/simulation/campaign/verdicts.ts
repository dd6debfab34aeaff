import { writeFileSync } from 'node:fs'
import type { Outcome } from './messages.js'
import type { SeedChunk } from './seed-chunks.js'

/** What two computers that run the same seeds must agree on, kept by seed. */
export class Verdicts {
  readonly #lines = new Map<number, string>()

  add({ seeds }: SeedChunk, outcomes: readonly Outcome[]): void {
    for (const [index, { hash, problems, requests }] of outcomes.entries()) {
      const seed = seeds[index] ?? 0
      this.#lines.set(seed, JSON.stringify({ seed, hash, problems, requests }))
    }
  }

  /** Writes a line for each seed, in order. */
  write(path: string): void {
    const lines = [...this.#lines].sort(([a], [b]) => a - b).map(([, line]) => `${line}\n`)
    writeFileSync(path, lines.join(''))
  }
}
