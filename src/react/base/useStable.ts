'use client'

import { useState } from 'react'

/** The same object as long as its content is the same, for options written inline on every render. */
export function useStable<T>(value: T): T {
  const [stable, setStable] = useState(value)
  if (stable === value || JSON.stringify(stable) === JSON.stringify(value)) return stable
  // React renders again at once, before anything is shown.
  setStable(value)
  return value
}
