import { type FaultEffect, type FaultRule, requireFaultRule } from './fault-rule.js'
import type { IncomingRequest } from './incoming-request.js'
import type { OperationName } from './operation-routes.js'
import { peekPostedKey } from './posted-key.js'
import { TestS3Error } from './test-s3-error.js'

/** A fault that counts the requests it could hit. */
interface ActiveFault {
  readonly rule: FaultRule
  matched: number
}

/** What becomes of a request in place of an answer. */
export interface Loss {
  /** What `fetch` rejects with. */
  readonly reason: unknown
}

/** The faults of one test S3, and the requests they hold back. */
export class Faults {
  readonly #active = new Set<ActiveFault>()
  /** Ends each request that waits; it also keeps what waits from being collected. */
  readonly #held = new Set<() => void>()
  #clearings = 0

  /** @throws TypeError when the rule cannot work. */
  add(rule: FaultRule): () => void {
    requireFaultRule(rule)
    const fault = { rule, matched: 0 }
    this.#active.add(fault)
    return () => {
      this.#active.delete(fault)
    }
  }

  /** Removes all faults; requests that wait lose their connection. */
  clear(): void {
    this.#clearings += 1
    this.#active.clear()
    for (const end of this.#held) end()
  }

  /** Finds what happens to a request; the one it returns has its body still to be read. */
  async match(
    operation: OperationName,
    request: IncomingRequest,
  ): Promise<{ readonly effect?: FaultEffect; readonly request: IncomingRequest }> {
    const candidates = () => [...this.#active].filter(({ rule }) => isAbout(rule, operation))
    const isKeyInForm =
      operation === 'PostObject' && candidates().some(({ rule }) => rule.key !== undefined)
    const { key, request: unread } = isKeyInForm
      ? await peekPostedKey(request)
      : { key: request.key, request }
    const matching = candidates().filter(({ rule }) => isKeyWanted(rule.key, key))
    // Each counts for itself, also a request that another one hits.
    for (const fault of matching) fault.matched += 1
    return { effect: matching.find(isDue)?.rule.effect, request: unread }
  }

  /**
   * Does to a request what comes before, or in place of, its work.
   *
   * @throws TestS3Error when the fault refuses it.
   */
  async disturbRequest(
    effect: FaultEffect | undefined,
    { body }: IncomingRequest,
    signal: AbortSignal,
  ): Promise<Loss | undefined> {
    if (effect?.kind === 'refuse') {
      const { code, message = 'A fault of the test S3.', status, headers } = effect
      throw new TestS3Error(code, message, {}, { status, headers })
    }
    if (effect?.kind !== 'close-after' && effect?.kind !== 'stall-after') return undefined
    const clearings = this.#clearings
    await readBytes(body, effect.bytes)
    const isStalled = effect.kind === 'stall-after' && clearings === this.#clearings
    return isStalled ? this.#hold(signal) : connectionClosed()
  }

  /** Does to an answer what comes after the work. */
  async disturbAnswer(
    effect: FaultEffect | undefined,
    { body }: Response,
    signal: AbortSignal,
  ): Promise<Loss | undefined> {
    let loss: Loss | undefined
    if (effect?.kind === 'delay') loss = await this.#hold(signal, effect.milliseconds)
    if (effect?.kind === 'lose-answer') loss = connectionClosed()
    if (loss) await body?.cancel()
    return loss
  }

  /** Waits, without `milliseconds` for good, until the client leaves or the faults are removed. */
  #hold(signal: AbortSignal, milliseconds?: number): Promise<Loss | undefined> {
    return new Promise((resolve) => {
      const settle = (loss?: Loss) => {
        clearTimeout(timer)
        signal.removeEventListener('abort', handleAbort)
        this.#held.delete(end)
        resolve(loss)
      }
      const handleAbort = () => settle({ reason: signal.reason })
      const end = () => settle(connectionClosed())
      const timer = milliseconds === undefined ? undefined : setTimeout(settle, milliseconds)
      this.#held.add(end)
      signal.addEventListener('abort', handleAbort)
      if (signal.aborted) handleAbort()
    })
  }
}

function isAbout({ operation }: FaultRule, asked: OperationName): boolean {
  // A rule for any request means what a page asks for, and not the browser's question before it.
  if (operation === undefined) return asked !== 'Preflight'
  return [operation].flat().includes(asked)
}

function isKeyWanted(wanted: FaultRule['key'], key: string | undefined): boolean {
  if (wanted === undefined) return true
  if (key === undefined) return false
  // Unlike `test` this does not depend on what a global pattern has found before.
  return typeof wanted === 'string' ? key === wanted : key.search(wanted) >= 0
}

function isDue({ rule, matched }: ActiveFault): boolean {
  const { nth = 1, times = rule.nth === undefined ? Number.POSITIVE_INFINITY : 1 } = rule
  return matched >= nth && matched < nth + times
}

async function readBytes(body: AsyncIterable<Uint8Array>, bytes: number): Promise<void> {
  if (bytes === 0) return
  let received = 0
  for await (const chunk of body) {
    received += chunk.byteLength
    if (received >= bytes) return
  }
}

/** Rejects as `fetch` does when a connection breaks. */
function connectionClosed(): Loss {
  return {
    reason: new TypeError('s3-direct-upload: a fault of the test S3 has closed the connection.'),
  }
}
