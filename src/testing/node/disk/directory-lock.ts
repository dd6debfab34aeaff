import { mkdir, realpath, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readText } from './files.js'

/** The locks that this process has: its id alone does not tell them from those of an earlier process with the same id. */
const heldHere = new Set<string>()

/** Keeps a second test S3 off a directory: a file that names the process which uses it. */
export class DirectoryLock {
  readonly #file: string
  #held: string | undefined

  constructor(file: string) {
    this.#file = file
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
    while (!(await this.#create())) {
      const owner = await this.#owner()
      if (owner !== undefined && (owner === process.pid ? heldHere.has(id) : isRunning(owner))) {
        throw new Error(
          `s3-direct-upload: process ${owner} uses the directory of "${folder}". Stop it or name another directory. ` +
            `If that process is not a test S3, remove "${this.#file}".`,
        )
      }
      await rm(this.#file, { force: true })
    }
    heldHere.add(id)
    this.#held = id
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

  async #owner(): Promise<number | undefined> {
    const text = (await readText(this.#file)) ?? ''
    return /^\d+$/.test(text) ? Number(text) : undefined
  }
}

function isRunning(processId: number): boolean {
  try {
    // Signal 0 only asks.
    process.kill(processId, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
