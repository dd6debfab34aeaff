import type { OperationName, OperationRequest } from '../../../src/protocol/requests.js'
import type { Clock } from '../clock/clock.js'
import type { Process } from '../clock/process.js'
import type { Fault } from '../scenario/scenario.js'
import { operationOf } from '../world/operation-of.js'
import type { EndpointAnswer } from '../world/servers.js'

/** A request as a handler gets it, and what became of it. */
export interface Call {
  readonly number: number
  readonly owner: string
  readonly request: OperationRequest
  /** Whether it is made with what belongs to another owner. */
  readonly isTheft: boolean
  readonly beganMs: number
  server?: Process
  /** When the handler heard that nobody waits any more. */
  abandonedMs?: number
  endedMs?: number
  answer?: EndpointAnswer
  /** What the app said of the files of the request, by id. */
  readonly quota: Map<string, boolean>
  readonly hits: Hit[]
}

/** A fault that hit a request of a server. */
export interface Hit {
  readonly fault: Fault
  readonly operation: string
}

/** A request that a handler has sent to S3. */
export interface SentRequest {
  readonly operation: string
  readonly key: string
  readonly call: Call
  readonly atMs: number
}

/** Notes which request of a caller a handler works on, and what it sends to S3 meanwhile. */
export class CallBook {
  readonly calls: Call[] = []
  readonly sent: SentRequest[] = []
  readonly #clock: Clock
  #sending: Call | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The call whose handler sends a request to S3 just now. */
  get sending(): Call | undefined {
    return this.#sending
  }

  /** A call by its number. */
  find(number: number): Call | undefined {
    return this.calls[number - 1]
  }

  open(facts: Pick<Call, 'owner' | 'request' | 'isTheft'>): Call {
    const number = this.calls.length + 1
    const call = { ...facts, number, beganMs: this.#clock.now, quota: new Map(), hits: [] }
    this.calls.push(call)
    return call
  }

  /** Sends a request in the name of the call whose number the other request carries. */
  readonly sendFor = (received: Request, send: () => Promise<Response>): Promise<Response> => {
    this.#sending = this.find(Number(received.headers.get('x-call')))
    const response = send()
    this.#sending = undefined
    return response
  }

  /** Notes a request that a handler sends to S3. */
  readonly noteSent = (request: Request): number | undefined => {
    const call = this.#sending
    if (!call) return undefined
    const key = new URL(request.url).pathname.split('/').slice(2).join('/')
    this.sent.push({ operation: operationOf(request), key, call, atMs: this.#clock.now })
    return call.number
  }

  /** The calls of one operation. */
  of(...operations: readonly OperationName[]): Call[] {
    return this.calls.filter(({ request }) => operations.includes(request.operation))
  }
}
