/** A question of a page to the endpoint. */
interface PageQuestion {
  /** Name of the page's process. */
  readonly tab: string
  readonly body: unknown
  readonly atMs: number
}

/** What the endpoint has been asked for too soon after it had said how long to wait. */
export class PageWaits {
  /** Names of the operations. */
  readonly hurried: string[] = []
  readonly #untilMs = new Map<string, number>()

  /** The endpoint asks a page to wait. */
  note({ tab, body, atMs }: PageQuestion, seconds: number): void {
    for (const item of itemsIn(body)) this.#untilMs.set(`${tab} ${item}`, atMs + seconds * 1000)
  }

  /** A page asks. */
  ask({ tab, body, atMs }: PageQuestion): void {
    const items = itemsIn(body)
    if (items.some((item) => atMs < (this.#untilMs.get(`${tab} ${item}`) ?? 0))) {
      this.hurried.push((items[0] ?? '').split(' ')[0] ?? '')
    }
  }
}

interface OperationBody {
  readonly operation?: string
  readonly files?: readonly { readonly id: string }[]
  readonly uploads?: readonly { readonly token: string }[]
  readonly tokens?: readonly string[]
  readonly token?: string
  readonly parts?: readonly { readonly partNumber: number }[]
}

/** What a question asks for, one by one: others may be asked for meanwhile. */
function itemsIn(body: unknown): readonly string[] {
  // The product wrote it.
  const asked = JSON.parse(String(body)) as OperationBody
  const { operation, files = [], uploads = [], tokens = [], token, parts = [] } = asked
  const names = [
    ...files.map(({ id }) => id),
    ...uploads.map((upload) => upload.token),
    ...tokens,
    ...parts.map(({ partNumber }) => `${partNumber} ${token}`),
  ]
  return names.length > 0
    ? names.map((name) => `${operation} ${name}`)
    : [`${operation} ${token ?? ''}`]
}
