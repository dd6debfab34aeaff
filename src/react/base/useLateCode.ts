'use client'

import { useEffect } from 'react'
import { loadCode } from '../../async/load-code.js'
import { useRuntime } from './RuntimeContext.js'
import { useLatest } from './useLatest.js'

/** Loads code as soon as it is needed, and gives it to `begin`, which may return how that ends. Nothing comes of code that cannot be loaded. */
export function useLateCode<Module extends object>(
  isNeeded: boolean,
  load: () => Promise<Module>,
  begin: (module: Module) => (() => void) | undefined,
): void {
  const runtime = useRuntime()
  const latest = useLatest(begin)
  useEffect(() => {
    if (!isNeeded) return
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
  }, [isNeeded, load, runtime, latest])
}
