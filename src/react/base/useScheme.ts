'use client'

import { type RefObject, useState } from 'react'
import { type Scheme, watchScheme } from './page-scheme.js'
import { useBeforePaint } from './useBeforePaint.js'

/** The prop `theme`: one scheme for good, or that of the page around. */
export type Theme = Scheme | 'auto'

/** The scheme in which an element is to be drawn; with `auto` it is found before the first paint, and unknown on a server. */
export function useScheme(root: RefObject<HTMLElement | null>, theme: Theme): Scheme | undefined {
  const [found, setFound] = useState<Scheme>()
  useBeforePaint(() => {
    if (theme !== 'auto' || !root.current) return
    return watchScheme(root.current, setFound)
  }, [root, theme])
  return theme === 'auto' ? found : theme
}
