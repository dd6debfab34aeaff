import type { Leg } from '../scenario/scenario.js'
import { type Counts, cellName } from './counts.js'
import type { Phase } from './phases.js'
import { type Table, whyImpossible } from './table.js'
import { tables } from './tables.js'

/** Counts which cells of the tables one run reaches. */
export class Coverage {
  /** What a run reached that no table has, or that its table calls impossible. */
  readonly problems: string[] = []
  readonly #counts: Record<string, number> = {}

  get counts(): Counts {
    return this.#counts
  }

  /** A fault has hit a request. */
  noteFault(leg: Leg, operation: string, kind: string): void {
    this.#count(tables[leg], operation, kind)
  }

  /** An event has come while files and page were in these phases. */
  noteEvent(kind: string, seen: ReadonlySet<Phase>): void {
    for (const phase of seen) this.#count(tables.files, phase, kind)
  }

  #count(table: Table, row: string, column: string): void {
    const name = cellName(table.title, row, column)
    this.#counts[name] = (this.#counts[name] ?? 0) + 1
    const isKnown = table.rows.includes(row) && table.columns.includes(column)
    const reason = isKnown ? whyImpossible(table, row, column) : 'No table has it.'
    if (reason !== undefined) this.problems.push(`COVERAGE ${name} was reached: ${reason}`)
  }
}
