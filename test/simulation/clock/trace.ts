import { createHash } from 'node:crypto'

/** What has happened, line by line: two runs with the same hash did the same at the same times. */
export class Trace {
  /** Every line, if they are kept. */
  readonly lines: string[] = []
  readonly #hash = createHash('sha256')
  readonly #isKept: boolean

  constructor({ isKept }: { readonly isKept: boolean }) {
    this.#isKept = isKept
  }

  add(nowMs: number, text: string): void {
    const line = `${nowMs.toFixed(3)} ${text}`
    this.#hash.update(line)
    if (this.#isKept) this.lines.push(line)
  }

  digest(): string {
    return this.#hash.digest('hex').slice(0, 16)
  }
}
