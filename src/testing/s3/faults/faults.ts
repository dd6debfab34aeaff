import type { Runtime } from '../../../async/runtime.js'
import { peekPostedKey } from '../forms/posted-key.js'
import type { S3OperationName } from '../http/operation-routes.js'
import type { ParsedRequest } from '../http/parsed-request.js'
import { Connection } from './connection.js'
import type { FaultEffect } from './fault-effect.js'
import { effectOf, type FaultRule, matchesRule, requireFaultRule } from './fault-rule.js'
import { SlowLine } from './slow-line.js'

/** A fault that counts the requests it could hit. */
interface ActiveFault {
  readonly rule: FaultRule
  readonly line: SlowLine
  readonly end: AbortController
  matched: number
}

/** Kinds that hold a request back: the removal of all faults would have to wait for it. */
const holdingKinds: ReadonlySet<FaultEffect['kind']> = new Set([
  'close-after',
  'stall-after',
  'delay',
  'slow-line',
])

/** The faults of one test S3, and the requests they can hit. */
export class Faults {
  readonly #runtime: Runtime
  readonly #active = new Set<ActiveFault>()
  /** Also keeps what waits from being collected. */
  readonly #connections = new Set<Connection>()

  constructor(runtime: Runtime) {
    this.#runtime = runtime
  }

  /** @throws TypeError when the rule cannot work. */
  add(rule: FaultRule): () => void {
    requireFaultRule(rule)
    const { effect } = rule
    const fault = {
      rule,
      matched: 0,
      line: new SlowLine(this.#runtime),
      end: new AbortController(),
    }
    this.#active.add(fault)
    const cutsAtOnce = typeof effect !== 'function' && effect.kind === 'offline' && !rule.nth
    if (cutsAtOnce) this.#cutMatching(rule, effect)
    return () => {
      this.#active.delete(fault)
      fault.end.abort()
    }
  }

  /** Removes all faults; requests that wait lose their connection. */
  clear(): void {
    this.#active.clear()
    for (const connection of this.#connections) {
      if (connection.effect && holdingKinds.has(connection.effect.kind)) connection.cut()
    }
  }

  /** Runs a task with a connection that faults can cut meanwhile. */
  async connect<T>(client: AbortSignal, task: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = new Connection(client, this.#runtime)
    this.#connections.add(connection)
    try {
      return await task(connection)
    } finally {
      this.#connections.delete(connection)
      connection.close()
    }
  }

  /** Finds what happens to a request and tells its connection; the one it returns has its body still to be read. */
  async meet(
    operation: S3OperationName,
    request: ParsedRequest,
    connection: Connection,
  ): Promise<ParsedRequest> {
    const { bucket } = request
    const partNumber = partNumberOf(request)
    const body = connection.read(request.body)
    const asked = { operation, bucket, key: request.key, partNumber }
    const isKeyInForm =
      operation === 'PostObject' &&
      [...this.#active].some(
        ({ rule }) => rule.key !== undefined && matchesRule(rule, asked, { withKey: false }),
      )
    const { key, request: unread } = isKeyInForm
      ? await peekPostedKey({ ...request, body })
      : { key: request.key, request: { ...request, body } }
    connection.asked = { ...asked, key }
    const hit = this.#findHit(connection.asked)
    connection.effect = hit?.effect
    connection.faultEnd = hit?.end.signal
    if (hit?.effect.kind !== 'slow-line') return unread
    return { ...unread, body: hit.line.read(unread.body, hit.effect, connection) }
  }

  #findHit(asked: NonNullable<Connection['asked']>) {
    const matching = [...this.#active].filter(({ rule }) => matchesRule(rule, asked))
    // Each counts for itself, also a request that another one hits.
    for (const fault of matching) fault.matched += 1
    for (const { rule, matched, line, end } of matching) {
      const effect = effectOf(rule, { ...asked, nth: matched })
      if (effect) return { effect, line, end }
    }
    return undefined
  }

  #cutMatching(rule: FaultRule, effect: FaultEffect): void {
    for (const connection of this.#connections) {
      if (!connection.asked || !matchesRule(rule, connection.asked)) continue
      connection.effect = effect
      connection.cut()
    }
  }
}

function partNumberOf({ query }: ParsedRequest): number | undefined {
  const text = query.get('partNumber') ?? ''
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
