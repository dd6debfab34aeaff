import type { Runtime } from '../../async/runtime.js'
import { UploadError } from '../errors/upload-error.js'
import { type RetryPolicy, withRetry } from '../retry/retry-policy.js'

/** A user is waiting: retries for 30 seconds only, offline or not. */
export const downloadRetryPolicy: RetryPolicy = { budgetSeconds: 30 }

/** Loads the code that signs downloads; what fails is tried again as long as a download's request is. */
export function loadSigning<Module>(load: () => Promise<Module>, system: Runtime): Promise<Module> {
  const runtime: Runtime = { ...system, isOnline: () => true }
  // The menu with the link may be closed by now: the download starts all the same.
  const { signal } = new AbortController()
  return withRetry(() => load().catch(failNotLoaded), {
    policy: downloadRetryPolicy,
    runtime,
    signal,
  })
}

function failNotLoaded(cause: unknown): never {
  throw new UploadError(
    'The code that signs downloads could not be loaded. Check the connection, and that the chunks of this build are still on the server; a reload of the page gets those of the present one.',
    { code: 'code-not-loaded', retryable: true, cause },
  )
}
