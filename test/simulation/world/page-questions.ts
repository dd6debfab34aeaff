import type { Process } from '../clock/process.js'
import type { LineSending } from '../line/line-request.js'
import type { Fault } from '../scenario/scenario.js'
import type { LiveRequest, PageConnection } from './page-connection.js'
import type { EndpointAnswer } from './servers.js'

export const endpointUrl = 'https://app.test/api/s3'
/** Where the same servers answer too. */
export const movedEndpointUrl = 'https://app.test/v2/uploads'

/** The `fetch` of a page: it asks the endpoint, or whether anything answers at the storage. */
export function createPageFetch(connection: PageConnection) {
  return (input: string | URL, init: RequestInit = {}): Promise<Response> => {
    const { process } = connection.clock
    return new Promise((resolve, reject) => {
      const question = new Question(connection, {
        process,
        url: String(input),
        init,
        resolve,
        reject,
      })
      question.begin()
    })
  }
}

interface QuestionFacts {
  readonly process: Process
  readonly url: string
  readonly init: RequestInit
  readonly resolve: (response: Response) => void
  readonly reject: (reason: unknown) => void
}

class Question implements LiveRequest {
  readonly #connection: PageConnection
  readonly #facts: QuestionFacts
  readonly #isProbe: boolean
  readonly operation: string
  readonly files: readonly string[]
  readonly #fault: Fault | undefined
  #sending: LineSending | undefined
  #answer: EndpointAnswer | undefined
  #server: Process | undefined
  #isOver = false
  #noteEnd = () => {}
  readonly #handleAbort = () => {
    this.end()
    this.#facts.reject(this.#facts.init.signal?.reason)
  }

  constructor(connection: PageConnection, facts: QuestionFacts) {
    this.#connection = connection
    this.#facts = facts
    this.#isProbe = facts.init.mode === 'no-cors'
    this.operation = this.#isProbe ? 'probe' : operationIn(facts.init)
    this.files = this.#isProbe ? [] : connection.tokens.namesIn(facts.init.body)
    this.#fault = this.#isProbe ? undefined : connection.faults.take('endpoint', this.operation)
  }

  get process(): Process {
    return this.#facts.process
  }

  get #asked() {
    const { body } = this.#facts.init
    return { tab: this.process.name, body, atMs: this.#connection.clock.now }
  }

  /** The server that works on it. */
  get server(): Process | undefined {
    return this.#server
  }

  begin(): void {
    const { clock, computer, see, live, waits } = this.#connection
    const { signal } = this.#facts.init
    clock.trace.add(clock.now, `${this.process.name} ${this.operation}`)
    see(`endpoint:${this.operation}`)
    if (signal?.aborted) {
      this.#handleAbort()
      return
    }
    signal?.addEventListener('abort', this.#handleAbort)
    // Nothing of a page that is gone reaches anybody.
    if (!this.process.isAlive) return
    live.add(this)
    if (!this.#isProbe) {
      waits.ask(this.#asked)
      this.#noteBegin()
    }
    if (computer.isConnected) this.#send()
    else this.#failSoon()
  }

  #noteBegin(): void {
    const { clock, questions } = this.#connection
    const { body } = this.#facts.init
    const asked = questions.begin({
      tab: this.process.name,
      operation: this.operation,
      files: this.files,
      body,
      beganMs: clock.now,
    })
    this.#noteEnd = () => {
      asked.endMs ??= clock.now
    }
  }

  end(): void {
    this.#isOver = true
    this.#noteEnd()
    this.#facts.init.signal?.removeEventListener('abort', this.#handleAbort)
    this.#connection.live.delete(this)
    this.#sending?.abort()
  }

  /** The connection breaks, and the page hears of it. */
  break(): void {
    this.#sending?.abort()
    this.#failSoon()
  }

  #send(): void {
    const { network, storageHost } = this.#connection
    const isStalled = this.#fault?.kind === 'stall'
    this.#sending = network.send({
      host: this.#isProbe ? storageHost : new URL(endpointUrl).host,
      bodyBytes: 0,
      hasPreflight: false,
      onArrived: (answer) => isStalled || this.#arrive(answer),
      onAnswer: () => this.#tellAnswer(),
      onReset: () => this.#failSoon(),
    })
  }

  #arrive(answer: () => void): void {
    const { clock, servers, isEndpointDown, tokens } = this.#connection
    const { kind, seconds = 1 } = this.#fault ?? {}
    const answerWith = (given: EndpointAnswer) => {
      this.#answer = given
      clock.at(1, answer)
    }
    const given = this.#answerOnTheWay(isEndpointDown())
    if (given) {
      answerWith(given)
      return
    }
    if (kind === 'close-before' || kind === 'late-delivery') this.break()
    if (kind === 'close-before') return
    const { init, url } = this.#facts
    const request = () =>
      new Request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: init.body ?? null,
      })
    const take = (given: EndpointAnswer) => {
      tokens.learn(init.body, given.text)
      if (kind === 'lose-answer') this.break()
      else if (kind === 'delay') clock.at(seconds * 1000, () => answerWith(given))
      else answerWith(kind === 'cut-answer' ? cut(given) : given)
    }
    const ask = () => {
      this.#server = servers.answer(request, take)
    }
    if (kind === 'late-delivery') clock.at(seconds * 1000, ask, { process: clock.world })
    else ask()
  }

  /** What somebody between the page and the server answers. */
  #answerOnTheWay(isDown: boolean): EndpointAnswer | undefined {
    const { kind, seconds } = this.#fault ?? {}
    if (this.#isProbe) return page(200)
    if (kind === '502' || isDown) return page(502)
    return kind === '429' ? page(429, seconds) : undefined
  }

  #tellAnswer(): void {
    const answer = this.#answer
    if (!answer) return
    const { clock, see, waits } = this.#connection
    clock.trace.add(clock.now, `${this.process.name} ${this.operation} ${answer.status}`)
    const seconds = Number(answer.headers.get('retry-after') ?? 0)
    if (answer.status === 429 && !this.#isOver) waits.note(this.#asked, seconds)
    see(`answer:${this.operation}:${answer.status}`)
    this.#finish(({ resolve, url }) => resolve(responseOf(answer, url)))
  }

  #failSoon(): void {
    this.#finish(({ reject }) => reject(new TypeError('Failed to fetch')), 2)
  }

  #finish(tell: (facts: QuestionFacts) => void, delayMs = 0): void {
    if (this.#isOver) return
    const { clock, live } = this.#connection
    this.#isOver = true
    live.delete(this)
    clock.at(
      delayMs,
      () => {
        this.#noteEnd()
        this.#facts.init.signal?.removeEventListener('abort', this.#handleAbort)
        tell(this.#facts)
      },
      { process: this.process },
    )
  }
}

function operationIn({ body }: RequestInit): string {
  const { operation }: { operation?: unknown } = JSON.parse(String(body))
  return String(operation)
}

function page(status: number, retryAfterSeconds?: number): EndpointAnswer {
  const headers = new Headers({ 'content-type': 'text/html' })
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds))
  return { status, headers, text: '<h1>Not the endpoint</h1>' }
}

function cut({ text, ...answer }: EndpointAnswer): EndpointAnswer {
  return { ...answer, text: text.slice(0, text.length / 2) }
}

/** As a browser shows it: Node's own has no URL. */
function responseOf({ status, headers, text }: EndpointAnswer, url: string): Response {
  const response: Pick<
    Response,
    'ok' | 'status' | 'url' | 'headers' | 'redirected' | 'type' | 'text'
  > = {
    ok: status >= 200 && status < 300,
    status,
    url,
    headers,
    redirected: false,
    type: 'basic',
    text: async () => text,
  }
  return response as Response
}
