'use client'

import { type RefObject, useEffect, useRef, useState } from 'react'
import { loadCode } from '../../../async/load-code.js'
import { useRuntime } from '../../base/RuntimeContext.js'

/**
 * Keeps the keyboard focus within an uploader when the focused control goes away or is disabled.
 *
 * The code comes with the first row, or the first focus: there is nothing to lose before.
 */
export function useKeptFocus(root: RefObject<HTMLElement | null>, hasRows: boolean): void {
  const runtime = useRuntime()
  const first = useRef<EventTarget | null>(null)
  const [hasFocus, setHasFocus] = useState(false)
  const isNeeded = hasRows || hasFocus

  useEffect(() => {
    const element = root.current
    const noteFocus = ({ target }: FocusEvent) => {
      first.current ??= target
      setHasFocus(true)
    }
    element?.addEventListener('focusin', noteFocus)
    return () => element?.removeEventListener('focusin', noteFocus)
  }, [root])
  useEffect(() => {
    const element = root.current
    if (!isNeeded || !element) return
    const end = new AbortController()
    const begin = async () => {
      const { keepFocus } = await loadCode(importKeepFocus, { runtime, signal: end.signal })
      if (!end.signal.aborted)
        end.signal.addEventListener('abort', keepFocus(element, first.current))
    }
    // Without it the browser decides where the focus goes.
    begin().catch(() => undefined)
    return () => end.abort()
  }, [root, runtime, isNeeded])
}

const importKeepFocus = () => import('./keep-focus.js')
