import { type Answer, md5Of } from './client.js'

/** The bytes of an object, or that there is none. */
export type Content = Uint8Array<ArrayBuffer> | undefined

/** A part of an open upload. */
interface LedgerPart {
  confirmed: Content
  /** What was sent over it, and was not answered. */
  pending?: Uint8Array<ArrayBuffer>
}

/** An upload that was begun. */
export interface LedgerUpload {
  readonly key: string
  readonly parts: Map<number, LedgerPart>
  /** Whether its end was asked for and not answered. */
  isEnding: boolean
}

/** What was confirmed to the clients of a test S3, and what was not answered. */
export class Ledger {
  readonly #confirmed = new Map<string, Content>()
  readonly #pending = new Map<string, Content>()
  readonly uploads = new Map<string, LedgerUpload>()
  /** How many uploads may have been begun without an answer. */
  unansweredCreations = 0
  /** Answers that should never come. */
  readonly problems: string[] = []

  get keys(): readonly string[] {
    return [...new Set([...this.#confirmed.keys(), ...this.#pending.keys()])]
  }

  /** What is under a key for certain, while nothing is on its way there. */
  confirmed(key: string): Content {
    return this.#confirmed.get(key)
  }

  /** Notes a change before it is sent, and once more when it is answered; says whether it was confirmed. */
  async change(
    key: string,
    content: Content,
    send: () => Promise<Answer | undefined>,
  ): Promise<boolean> {
    this.#pending.set(key, content)
    const answer = await send()
    if (!this.expectOk(answer, key)) return false
    this.#confirmed.set(key, content)
    this.#pending.delete(key)
    return true
  }

  /** Whether an answer has come; that it is a refusal is a problem. */
  expectOk(answer: Answer | undefined, what: string): answer is Answer {
    if (answer && !answer.ok) this.problems.push(`${what}: ${answer.status} ${answer.text}`)
    return answer?.ok === true
  }

  /** Compares what is found under a key after a kill with what may be there, and takes it for confirmed. */
  settle(key: string, found: Content): string | undefined {
    const confirmed = this.#confirmed.get(key)
    const allowed = [confirmed, ...(this.#pending.has(key) ? [this.#pending.get(key)] : [])]
    this.#pending.delete(key)
    this.#confirmed.set(key, found)
    if (allowed.some((content) => isSame(content, found))) return undefined
    if (!found) return `lost: ${key}`
    return `mixed: ${key} has ${describe(found)}, and may have ${allowed.map(describe).join(' or ')}`
  }
}

export function isSame(one: Content, other: Content): boolean {
  return one && other ? md5Of(one) === md5Of(other) : one === other
}

function describe(content: Content): string {
  return content ? `${content.length} bytes ${md5Of(content)}` : 'nothing'
}
