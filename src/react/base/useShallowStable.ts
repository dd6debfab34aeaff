'use client'

import { useState } from 'react'

/** The same object as long as each of its fields is the same, for objects put together on every render. */
export function useShallowStable<T extends object>(value: T): T {
  const [same, setSame] = useState(value)
  // Every key of an object of this type is a key of the other one too.
  const names = Object.keys(value) as (keyof T)[]
  if (names.every((name) => same[name] === value[name])) return same
  // React renders again at once, before anything is shown.
  setSame(value)
  return value
}
