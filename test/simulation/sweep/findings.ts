import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { problemClass } from '../campaign/problem-class.js'
import type { Scenario } from '../scenario/scenario.js'
import type { SweepRun } from './sweep-runs.js'

/** A class of problem of one action in one base. */
interface Finding {
  count: number
  readonly problem: string
  /** The first that has shown it. */
  readonly scenario: Scenario
}

const longestExample = 300

/** What a sweep has shown so far. */
export class Findings {
  runs = 0
  failed = 0
  readonly #classes = new Map<string, Finding>()

  add({ name, scenario }: SweepRun, problems: readonly string[]): void {
    this.runs += 1
    if (problems.length > 0) this.failed += 1
    for (const problem of problems) {
      const key = `${name}: ${problemClass(problem)}`
      const known = this.#classes.get(key) ?? { count: 0, problem, scenario }
      known.count += 1
      this.#classes.set(key, known)
    }
  }

  /** Says how many runs have passed, and of each class of problem how to see it again. */
  describe(seconds: number): string[] {
    return [
      `${this.runs} runs in ${seconds.toFixed(1)} s: ${(this.runs / seconds).toFixed(1)}/s`,
      ...this.#describeClasses(),
      `${this.runs - this.failed} passed, ${this.failed} failed`,
    ]
  }

  #describeClasses(): string[] {
    if (this.#classes.size === 0) return []
    const folder = mkdtempSync(join(tmpdir(), 's3-direct-upload-sweep-'))
    const classes = [...this.#classes].sort(([, a], [, b]) => b.count - a.count)
    return classes.flatMap(([key, { count, problem, scenario }], index) => {
      const file = join(folder, `${index + 1}.json`)
      const about = `${key.split(':')[0]}: ${problem}`
      writeFileSync(file, `${JSON.stringify({ about, ...scenario }, null, 2)}\n`)
      return [
        `✗ ${count}x ${about.slice(0, longestExample)}`,
        `  npm run simulate -- --file ${file} --trace`,
      ]
    })
  }
}
