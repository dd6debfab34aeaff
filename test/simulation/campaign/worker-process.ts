import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { brokenOutcome, type Job, type Outcome, type WorkerMessage } from './messages.js'

/** Whether a mebibyte of the product is one, or a kibibyte. */
export type Sizes = 'small' | 'real'

/** A run that has made no step for so long never will. */
const longestSilenceMs = 60_000

const here = (path: string) => new URL(path, import.meta.url)
const imports = [
  here('../../../bench/typescript-source.ts'),
  here('../small-sizes.ts'),
  here('../mutants/plant.ts'),
]

/** With room for what dies young, and no threads beside it: each core has a worker of its own. */
const collecting = ['--max-semi-space-size=64', '--single-threaded-gc']

/** A process that runs scenarios; one that hangs or ends is replaced, and only its run is lost. */
export class WorkerProcess {
  readonly #sizes: Sizes
  readonly #mutant: string
  #child: ChildProcess | undefined

  /** With the name of a mutant, the product of the process has that bug. */
  constructor(sizes: Sizes, mutant = '') {
    this.#sizes = sizes
    this.#mutant = mutant
  }

  /** Runs everything of a job; each outcome is taken as it comes. */
  async run(job: Job, take: (outcome: Outcome) => void): Promise<void> {
    let done = 0
    const takeNext = (outcome: Outcome) => {
      done += 1
      take(outcome)
    }
    while (done < job.runs.length) {
      const trouble = await this.#try({ ...job, runs: job.runs.slice(done) }, takeNext)
      if (trouble === undefined) continue
      this.end()
      takeNext(brokenOutcome(trouble))
    }
  }

  end(): void {
    this.#child?.kill('SIGKILL')
    this.#child = undefined
  }

  /** Resolves when all is done, or with what has happened to the process. */
  #try(job: Job, take: (outcome: Outcome) => void): Promise<string | undefined> {
    this.#child ??= startChild(this.#sizes, this.#mutant)
    const child = this.#child
    let left = job.runs.length
    return new Promise((resolve) => {
      const finish = (trouble?: string) => {
        clearTimeout(timer)
        child.off('message', handleMessage).off('exit', handleExit)
        resolve(trouble)
      }
      const timer = setTimeout(
        () => finish(`no step for ${longestSilenceMs / 1000} s`),
        longestSilenceMs,
      )
      const handleMessage = (message: WorkerMessage) => {
        timer.refresh()
        if (message.kind !== 'outcome') return
        left -= 1
        take(message.outcome)
        if (left === 0) finish()
      }
      const handleExit = (code: number | null, signal: string | null) =>
        finish(`the worker ended with ${code ?? signal}`)
      child.on('message', handleMessage).on('exit', handleExit)
      child.send(job)
    })
  }
}

function startChild(sizes: Sizes, mutant: string): ChildProcess {
  return fork(fileURLToPath(here('./worker.ts')), {
    execArgv: [...collecting, ...imports.flatMap(({ href }) => ['--import', href])],
    env: { ...process.env, SIMULATION_SIZES: sizes, SIMULATION_MUTANT: mutant },
  })
}
