'use client'

import { type RefObject, useEffect, useLayoutEffect, useState } from 'react'
import { type Scheme, watchScheme } from './page-scheme.js'

/** The prop `theme`: one scheme for good, or that of the page around. */
export type Theme = Scheme | 'auto'

// React 18 warns of a layout effect where it renders on a server.
const useBeforePaint = typeof window === 'undefined' ? useEffect : useLayoutEffect

/** The scheme in which an element is to be drawn; with `auto` it is found before the first paint, and unknown on a server. */
export function useScheme(root: RefObject<HTMLElement | null>, theme: Theme): Scheme | undefined {
  const [found, setFound] = useState<Scheme>()
  useBeforePaint(() => {
    if (theme !== 'auto' || !root.current) return
    return watchScheme(root.current, setFound)
  }, [root, theme])
  return theme === 'auto' ? found : theme
}
