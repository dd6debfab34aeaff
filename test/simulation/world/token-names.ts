/** Knows which file each token of the endpoint is for, by what was asked and answered. */
export class TokenNames {
  readonly #names = new Map<string, string>()

  /** Notes the tokens of an answer. */
  learn(body: unknown, answer: string): void {
    const { files } = read(body)
    if (!files) return
    const answers = read(answer).files ?? []
    for (const [index, { token }] of answers.entries()) {
      const name = files[index]?.name
      if (token !== undefined && name !== undefined) this.#names.set(token, name)
    }
  }

  /** Names of the files that a question is about. */
  namesIn(body: unknown): string[] {
    const { files = [], uploads = [], tokens = [], token } = read(body)
    const all = [...uploads.map((upload) => upload.token), ...tokens, token]
    const names = [...files.map(({ name }) => name), ...all.map((each) => this.#nameOf(each))]
    return names.filter((name) => name !== undefined)
  }

  #nameOf(token: string | undefined): string | undefined {
    return token === undefined ? undefined : this.#names.get(token)
  }
}

/** What a question or an answer may name. */
interface Named {
  readonly files?: readonly { readonly name?: string; readonly token?: string }[]
  readonly uploads?: readonly { readonly token?: string }[]
  readonly tokens?: readonly string[]
  readonly token?: string
}

/** Nothing, where it was cut. */
function read(text: unknown): Named {
  try {
    return JSON.parse(String(text)) as Named
  } catch {
    return {}
  }
}
