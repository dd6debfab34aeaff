/** A request of a page to the endpoint. */
interface AskedQuestion {
  /** Name of the page's process. */
  readonly tab: string
  readonly operation: string
  /** Of the uploads that it is about. */
  readonly tokens: readonly string[]
  readonly beganMs: number
  /** When the page heard of its end, or ended it. */
  endMs?: number
}

/** All that pages have asked the endpoint, in the order of its beginning. */
export class Questions {
  readonly all: AskedQuestion[] = []

  /** Notes that one is asked. */
  begin({ body, ...facts }: Omit<AskedQuestion, 'tokens'> & { readonly body: unknown }) {
    const question: AskedQuestion = { ...facts, tokens: tokensIn(body) }
    this.all.push(question)
    return question
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
