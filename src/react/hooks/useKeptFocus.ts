'use client'

import { type RefObject, useEffect } from 'react'
import { keepFocus } from './keep-focus.js'

/** Keeps the keyboard focus within an uploader when the focused control goes away or is disabled. */
export function useKeptFocus(root: RefObject<HTMLElement | null>): void {
  useEffect(() => (root.current ? keepFocus(root.current) : undefined), [root])
}
