'use client'

import { type RefObject, useEffect, useRef, useState } from 'react'
import { useLateCode } from '../../base/useLateCode.js'

/**
 * Keeps the keyboard focus within an uploader when the focused control goes away or is disabled.
 *
 * The code comes with the first row, or the first focus: there is nothing to lose before. Without it the browser decides where
 * the focus goes.
 */
export function useKeptFocus(root: RefObject<HTMLElement | null>, hasRows: boolean): void {
  const first = useRef<EventTarget | null>(null)
  const [hasFocus, setHasFocus] = useState(false)

  useEffect(() => {
    const element = root.current
    const noteFocus = ({ target }: FocusEvent) => {
      first.current ??= target
      setHasFocus(true)
    }
    element?.addEventListener('focusin', noteFocus)
    return () => element?.removeEventListener('focusin', noteFocus)
  }, [root])
  useLateCode(hasRows || hasFocus, importKeepFocus, ({ keepFocus }) =>
    root.current ? keepFocus(root.current, first.current) : undefined,
  )
}

const importKeepFocus = () => import('./keep-focus.js')
