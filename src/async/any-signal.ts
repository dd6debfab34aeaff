import type { Runtime } from './runtime.js'

/** A signal that ends with others, and the end of its listening to them. */
export interface CombinedSignal {
  readonly signal: AbortSignal
  /** Has to be called once nobody needs the signal any more. */
  release(): void
}

/**
 * Combines signals, and a limit of time if one is given, into one that aborts with the first of them.
 *
 * Not `AbortSignal.any`: Safari before 17.4 and Firefox before 124 lack it, and it may be collected as garbage before
 * it has told what it has to tell.
 */
export function anySignal(
  signals: readonly AbortSignal[],
  limit?: { readonly timeoutMs: number; readonly runtime: Pick<Runtime, 'setTimer'> },
): CombinedSignal {
  const controller = new AbortController()
  const removals: (() => void)[] = []
  const release = () => {
    for (const remove of removals.splice(0)) remove()
  }
  const end = (reason: unknown) => {
    release()
    controller.abort(reason)
  }
  for (const signal of signals) {
    const follow = () => end(signal.reason)
    if (signal.aborted) {
      follow()
      break
    }
    signal.addEventListener('abort', follow)
    removals.push(() => signal.removeEventListener('abort', follow))
  }
  if (limit && !controller.signal.aborted) {
    const { timeoutMs, runtime } = limit
    removals.push(runtime.setTimer(() => end(timeoutError(timeoutMs)), timeoutMs))
  }
  return { signal: controller.signal, release }
}

function timeoutError(timeoutMs: number): DOMException {
  return new DOMException(`Nothing came within ${timeoutMs / 1000} s.`, 'TimeoutError')
}
