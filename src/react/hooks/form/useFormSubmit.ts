'use client'

import { type RefObject, useEffect } from 'react'
import { useLatest } from '../../base/useLatest.js'

/** Calls `onSubmit` when the form of an input is sent, by the browser or by the app. */
export function useFormSubmit(
  input: RefObject<HTMLInputElement | null>,
  onSubmit: () => void,
): void {
  const latest = useLatest(onSubmit)
  useEffect(() => {
    // The form may be elsewhere, and the event does not leave a shadow tree.
    const tree = input.current?.getRootNode()
    const handleSubmit = (event: Event) => {
      if (event.target === input.current?.form) latest.current()
    }
    tree?.addEventListener('submit', handleSubmit)
    return () => tree?.removeEventListener('submit', handleSubmit)
  }, [input, latest])
}
