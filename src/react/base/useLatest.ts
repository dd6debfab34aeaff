'use client'

import { type RefObject, useEffect, useRef } from 'react'

/** A ref to the value of the latest render, for callbacks that run later. */
export function useLatest<T>(value: T): RefObject<T> {
  const ref = useRef(value)
  useEffect(() => {
    ref.current = value
  })
  return ref
}
