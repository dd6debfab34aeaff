/** A request of a page to the endpoint. */
interface AskedQuestion {
  /** Name of the page's process. */
  readonly tab: string
  readonly operation: string
  /** Names of the files that it is about, as far as they are known. */
  readonly files: readonly string[]
  /** Of the uploads that it is about. */
  readonly tokens: readonly string[]
  readonly beganMs: number
  /** When the page heard of its end, or ended it. */
  endMs?: number
}

/** All that pages have asked the endpoint, in the order of its beginning. */
export class Questions {
  readonly all: AskedQuestion[] = []
  readonly #watchers: ((question: AskedQuestion) => void)[] = []

  /** Notes that one is asked. */
  begin({ body, ...facts }: Omit<AskedQuestion, 'tokens'> & { readonly body: unknown }) {
    const question: AskedQuestion = { ...facts, tokens: tokensIn(body) }
    this.all.push(question)
    for (const watcher of [...this.#watchers]) watcher(question)
    return question
  }

  /** Hears of each when it is asked. */
  watch(watcher: (question: AskedQuestion) => void): void {
    this.#watchers.push(watcher)
  }
}

function tokensIn(body: unknown): string[] {
  // The product wrote it.
  const asked = JSON.parse(String(body)) as {
    readonly uploads?: readonly { readonly token: string }[]
    readonly tokens?: readonly string[]
  }
  return [...(asked.uploads ?? []).map(({ token }) => token), ...(asked.tokens ?? [])]
}
