/** Passes on what is seen in a run, so that events can come on its occasion. */
export class Sights {
  readonly #watchers: ((what: string) => void)[] = []

  /** Tells everybody who watches that something was seen. */
  readonly see = (what: string): void => {
    for (const watcher of [...this.#watchers]) watcher(what)
  }

  watch(watcher: (what: string) => void): void {
    this.#watchers.push(watcher)
  }
}
