import type { Runtime } from './runtime.js'
import { withTimeout } from './with-timeout.js'

/** The waits before the second and the third try. */
const retryDelaysMs = [500, 2000]

/** A chunk of a few kilobytes takes no longer, even over a weak line. */
const timeoutMs = 30_000

/** A browser may be wrong about being offline: a try from time to time shows it. */
const maxOfflineMs = 30_000

/**
 * Loads code by `load`, an `import()`; what fails is tried twice more. Rejects with the last failure, or the signal's reason.
 *
 * Offline, it waits before it tries: some browsers remember a module that could not be loaded, and never ask again.
 */
export async function loadCode<Module extends object>(
  load: () => Promise<Module>,
  { runtime, signal }: { readonly runtime: Runtime; readonly signal: AbortSignal },
): Promise<Module> {
  for (let failures = 0; ; ) {
    if (!runtime.isOnline()) await runtime.sleep(maxOfflineMs, signal)
    signal.throwIfAborted()
    try {
      const module = await withTimeout(load(), timeoutMs, runtime)
      if (module) return module
      throw new Error(`It did not arrive within ${timeoutMs / 1000} seconds.`)
    } catch (error) {
      // Being offline costs no try.
      if (!runtime.isOnline()) continue
      const delayMs = retryDelaysMs[failures]
      if (delayMs === undefined) throw error
      failures += 1
      await runtime.sleep(delayMs, signal)
    }
  }
}
