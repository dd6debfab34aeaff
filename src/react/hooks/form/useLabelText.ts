'use client'

import { type RefObject, useEffect, useState } from 'react'

/** The text of the labels of a button, wherever they stand on the page: known once they are there. */
export function useLabelText(button: RefObject<HTMLButtonElement | null>): string | undefined {
  const [text, setText] = useState<string>()
  // After every render: what an app renders elsewhere tells nothing.
  useEffect(() => {
    const texts = [...(button.current?.labels ?? [])].map(({ textContent }) => textContent)
    setText(texts.join(' ').trim() || undefined)
  })
  return text
}
