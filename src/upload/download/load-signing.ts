import type { Runtime } from '../../async/runtime.js'
import { codeNotLoaded } from '../errors/code-not-loaded.js'
import { type RetryPolicy, withRetry } from '../retry/retry-policy.js'

/** A user is waiting: retries for 30 seconds only, offline or not. */
export const downloadRetryPolicy: RetryPolicy = { budgetSeconds: 30 }

/** Loads the code that signs downloads; what fails is tried again as long as a download's request is. */
export function loadSigning<Module>(load: () => Promise<Module>, system: Runtime): Promise<Module> {
  const runtime: Runtime = { ...system, isOnline: () => true }
  // Never aborted: the download starts even when the menu with its link has closed meanwhile.
  const { signal } = new AbortController()
  return withRetry(() => load().catch(failNotLoaded), {
    policy: downloadRetryPolicy,
    runtime,
    signal,
  })
}

function failNotLoaded(cause: unknown): never {
  throw codeNotLoaded('signs downloads', cause)
}
