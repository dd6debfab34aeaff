'use client'

import { useEffect } from 'react'
import { loadCode } from '../../async/load-code.js'
import { useRuntime } from './RuntimeContext.js'
import { useLatest } from './useLatest.js'

/**
 * Loads code as soon as there is a need, and gives it to `begin`, which may return how that ends; it begins anew for another need. Nothing
 * comes of code that cannot be loaded.
 */
export function useLateCode<Module extends object>(
  need: unknown,
  load: () => Promise<Module>,
  begin: (module: Module) => (() => void) | undefined,
): void {
  const runtime = useRuntime()
  const latest = useLatest(begin)
  useEffect(() => {
    if (!need) return
    const end = new AbortController()
    const { signal } = end
    const start = async () => {
      const module = await loadCode(load, { runtime, signal })
      if (signal.aborted) return
      const stop = latest.current(module)
      if (stop) signal.addEventListener('abort', stop)
    }
    start().catch(() => undefined)
    return () => end.abort()
  }, [need, load, runtime, latest])
}
