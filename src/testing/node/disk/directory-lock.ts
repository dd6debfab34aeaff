import { mkdir, realpath, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Runtime } from '../../../async/runtime.js'
import { readText } from './files.js'

/** The locks that this process has: its id alone does not tell them from those of an earlier process with the same id. */
const heldHere = new Set<string>()

/** How long another process takes at most between making its file and writing into it, or removing an old one. */
const settlingMs = 100

/** Keeps a second test S3 off a directory: a file that names the process which uses it. */
export class DirectoryLock {
  readonly #file: string
  readonly #runtime: Pick<Runtime, 'sleep'>
  #held: string | undefined

  constructor(file: string, runtime: Pick<Runtime, 'sleep'>) {
    this.#file = file
    this.#runtime = runtime
  }

  /**
   * Takes the lock, also one whose process has ended.
   *
   * @throws Error when another test S3 has it, or when a link stands in its place.
   */
  async acquire(): Promise<void> {
    const folder = dirname(this.#file)
    await mkdir(folder, { recursive: true })
    const id = await realpath(folder)
    if (heldHere.has(id)) throw this.#taken(process.pid)
    heldHere.add(id)
    try {
      await this.#take()
    } catch (error) {
      heldHere.delete(id)
      throw error
    }
    this.#held = id
  }

  async #take(): Promise<void> {
    while (!(await this.#create())) {
      const text = await this.#read()
      // Given back meanwhile.
      if (text === undefined) continue
      const owner = Number(text)
      if (owner !== process.pid && isRunning(owner)) throw this.#taken(owner)
      await rm(this.#file, { force: true })
      if (!(await this.#create())) continue
      // Another process may have found the same old file, and removed this one instead.
      await this.#runtime.sleep(settlingMs)
      if ((await this.#read()) === String(process.pid)) return
    }
  }

  /** Gives the lock back, if it is held. */
  async release(): Promise<void> {
    if (this.#held === undefined) return
    await rm(this.#file, { force: true })
    heldHere.delete(this.#held)
    this.#held = undefined
  }

  /** Makes the file; `false` when there is one. */
  async #create(): Promise<boolean> {
    try {
      await writeFile(this.#file, String(process.pid), { flag: 'wx' })
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
      throw error
    }
  }

  /** What the file says, if there is one; another process may just be about to write into it. */
  async #read(): Promise<string | undefined> {
    const text = await readText(this.#file)
    if (text !== '') return text
    await this.#runtime.sleep(settlingMs)
    return await readText(this.#file)
  }

  #taken(owner: number): Error {
    const other = `If that process is not a test S3, remove "${this.#file}".`
    return new Error(
      `s3-direct-upload: process ${owner} uses the directory of "${dirname(this.#file)}". ` +
        `Stop it or name another directory. ${owner === process.pid ? '' : other}`.trimEnd(),
    )
  }
}

function isRunning(processId: number): boolean {
  // 0 and what is no number would ask about this process and its children.
  if (!Number.isInteger(processId) || processId <= 0) return false
  try {
    // Signal 0 only asks.
    process.kill(processId, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
