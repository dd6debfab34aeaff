/** Whose code runs: a page, a server, the storage, or the world around them. What has ended does nothing any more. */
export class Process {
  readonly name: string
  /** Until then the computer sleeps, and nothing of the process runs. */
  asleepUntilMs = 0
  #isAlive = true

  constructor(name: string) {
    this.name = name
  }

  get isAlive(): boolean {
    return this.#isAlive
  }

  end(): void {
    this.#isAlive = false
  }
}
