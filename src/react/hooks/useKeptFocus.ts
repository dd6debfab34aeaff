'use client'

import { type RefObject, useEffect } from 'react'
import { loadCode } from '../../async/load-code.js'
import { useRuntime } from '../base/RuntimeContext.js'

/** Keeps the keyboard focus within an uploader when the focused control goes away or is disabled. */
export function useKeptFocus(root: RefObject<HTMLElement | null>): void {
  const runtime = useRuntime()
  useEffect(() => {
    const element = root.current
    if (!element) return
    const end = new AbortController()
    const { signal } = end
    // The code comes with the first focus: there is nothing to lose before.
    const begin = async ({ target }: FocusEvent) => {
      element.removeEventListener('focusin', begin)
      const code = await loadCode(importKeepFocus, { runtime, signal }).catch(() => undefined)
      const stop = signal.aborted ? undefined : code?.keepFocus(element, target)
      if (stop) signal.addEventListener('abort', stop)
    }
    element.addEventListener('focusin', begin)
    return () => {
      element.removeEventListener('focusin', begin)
      end.abort()
    }
  }, [root, runtime])
}

const importKeepFocus = () => import('./keep-focus.js')
