import { setImmediate as waitReally } from 'node:timers'
import { Process } from './process.js'
import { TaskHeap } from './task-heap.js'
import type { Trace } from './trace.js'

/** Something that will be done. */
interface Task {
  dueMs: number
  readonly number: number
  readonly process: Process
  /** Undefined once it is cancelled. */
  run: (() => void) | undefined
  /** Whether it starts no code that waits, so that nothing has to be waited for. */
  readonly isPlain: boolean
  /** Whether it runs although its process has ended, as a transaction of a database does. */
  readonly survives: boolean
}

/** How a run of the clock ended: nothing was left to do, or time or steps were up. */
export type RunEnd = 'done' | 'empty' | 'late' | 'spinning'

/** When a run ends that is not done before. */
interface RunLimits {
  readonly untilMs: number
  readonly maxSteps: number
}

/** Looking is dearer than a step. */
const stepsPerLook = 8
const stepsPerPause = 5000

let allSteps = 0

/** How many steps all clocks of this process have taken: a run that is repeated would seem to stand still by its own. */
export function stepsTaken(): number {
  return allSteps
}

/**
 * Time that passes from task to task.
 *
 * A step runs one task, then lets Node finish every promise that follows from it. Nothing else may be asynchronous.
 */
export class Clock {
  readonly trace: Trace
  /** Around all others; it never ends. */
  readonly world = new Process('world')
  /** Milliseconds since the beginning. */
  now = 0
  steps = 0
  /** Whose code runs. */
  process = this.world
  /** Hears of each step before it is taken. */
  onStep: ((step: number) => void) | undefined
  readonly #tasks = new TaskHeap<Task>()
  #count = 0

  constructor(trace: Trace) {
    this.trace = trace
  }

  /** Has something done later, in the name of the process at work unless another is given; what is returned cancels it. */
  at(
    delayMs: number,
    run: () => void,
    { process = this.process, survives = false }: { process?: Process; survives?: boolean } = {},
  ): () => void {
    if (!process.isAlive && !survives) return () => {}
    const task = this.#add(delayMs, { run, process, survives, isPlain: false })
    return () => {
      task.run = undefined
    }
  }

  /** Has something done later that starts no code which waits. */
  atPlainly(delayMs: number, run: () => void): { cancel(): void } {
    const task = this.#add(delayMs, { run, process: this.world, survives: false, isPlain: true })
    return {
      cancel() {
        task.run = undefined
      },
    }
  }

  /** Lets a process sleep: what is due meanwhile comes later, at the end or by as much as the sleep lasts. */
  sleep(process: Process, { forMs, isShifted }: { forMs: number; isShifted: boolean }): void {
    const endMs = this.now + forMs
    process.asleepUntilMs = endMs
    this.#tasks.reschedule((task) => {
      if (task.process !== process) return
      task.dueMs = isShifted ? task.dueMs + forMs : Math.max(task.dueMs, endMs)
    })
  }

  /** Whether anything is left that a process wants to do. */
  isBusy(process: Process): boolean {
    for (const task of this.#tasks) if (task.run && task.process === process) return true
    return false
  }

  /** Runs task after task until it is done, or nothing is left, or a limit is reached. */
  run(isDone: () => boolean, { untilMs, maxSteps }: RunLimits): Promise<RunEnd> {
    const limits = { untilMs, maxSteps: this.steps + maxSteps }
    return new Promise((resolve, reject) => {
      const go = () => {
        try {
          const end = this.#runForAWhile(isDone, limits)
          if (end === undefined) waitReally(go)
          else resolve(end)
        } catch (error) {
          reject(error)
        }
      }
      // No promise can go on inside of another one.
      waitReally(go)
    })
  }

  /** Undefined if it is to go on: whoever watches the process wants to see that it lives. */
  #runForAWhile(isDone: () => boolean, { untilMs, maxSteps }: RunLimits): RunEnd | undefined {
    const pauseAt = this.steps + stepsPerPause
    let lookAt = this.steps
    for (;;) {
      if (this.steps >= lookAt) {
        if (isDone()) return 'done'
        lookAt = this.steps + stepsPerLook
      }
      const next = this.#tasks.first
      if (!next) {
        if (isDone()) return 'done'
        // Time passes although nothing happens.
        this.now = untilMs
        return 'empty'
      }
      if (next.dueMs > untilMs) {
        this.now = untilMs
        return isDone() ? 'done' : 'late'
      }
      if (this.steps >= maxSteps) return 'spinning'
      if (this.steps >= pauseAt) return undefined
      this.#tasks.pop()
      this.#step(next)
    }
  }

  #step({ dueMs, run, process, survives, isPlain }: Task): void {
    if (!run || !(process.isAlive || survives)) return
    this.now = dueMs
    if (isPlain) {
      run()
      return
    }
    this.steps += 1
    allSteps += 1
    this.onStep?.(this.steps)
    this.process = process
    run()
    finishPromises()
    this.process = this.world
  }

  #add(delayMs: number, facts: Omit<Task, 'dueMs' | 'number'>): Task {
    this.#count += 1
    const dueMs = Math.max(this.now + Math.max(delayMs, 0), facts.process.asleepUntilMs)
    const task = { ...facts, dueMs, number: this.#count }
    this.#tasks.push(task)
    return task
  }
}

declare global {
  namespace NodeJS {
    interface Process {
      _tickCallback(): void
    }
  }
}

/** Lets every promise go on that can, as Node itself does between two of its own tasks. */
function finishPromises(): void {
  // Not documented, but there since Node 0.x; to wait for a turn of the event loop takes much longer.
  process._tickCallback()
}
