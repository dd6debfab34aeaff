import { type Due, TaskHeap } from '../clock/task-heap.js'
import type { LineClock, LineTask } from './line-clock.js'

/** A clock for a line alone: it runs task after task, and nothing waits in between. */
export class PlainClock implements LineClock {
  now = 0
  readonly #tasks = new TaskHeap<PlainTask>()
  #count = 0

  at(delayMs: number, run: () => void): LineTask {
    this.#count += 1
    const task = new PlainTask(this.now + Math.max(delayMs, 0), this.#count, run)
    this.#tasks.push(task)
    return task
  }

  /** Runs until a time, until it is done, or until nothing is left to do. */
  run({
    untilMs = Number.POSITIVE_INFINITY,
    isDone = () => false,
  }: {
    readonly untilMs?: number
    readonly isDone?: () => boolean
  } = {}): void {
    for (;;) {
      const next = this.#tasks.first
      if (!next || isDone()) return
      if (next.dueMs > untilMs) {
        this.now = untilMs
        return
      }
      this.#tasks.pop()
      if (!next.run) continue
      this.now = next.dueMs
      next.run()
    }
  }
}

class PlainTask implements Due, LineTask {
  dueMs: number
  readonly number: number
  run: (() => void) | undefined

  constructor(dueMs: number, number: number, run: () => void) {
    this.dueMs = dueMs
    this.number = number
    this.run = run
  }

  cancel(): void {
    this.run = undefined
  }
}
