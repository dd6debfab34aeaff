/** A task of the clock that can be called off. */
export interface LineTask {
  cancel(): void
}

/** What the line needs of a clock: the time in milliseconds, and tasks that run later. */
export interface LineClock {
  readonly now: number
  at(delayMs: number, run: () => void): LineTask
}
