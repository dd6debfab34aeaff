'use client'

import { type RefObject, useEffect, useState } from 'react'

/** Whether a `<fieldset disabled>` around an input disables it, as it does any control. */
export function useFieldsetDisabled(input: RefObject<HTMLElement | null>): boolean {
  const [isDisabled, setIsDisabled] = useState(false)
  useEffect(() => {
    const read = () => setIsDisabled(input.current?.closest('fieldset:disabled') != null)
    const observer = new MutationObserver(read)
    let fieldset = input.current?.closest('fieldset')
    while (fieldset) {
      observer.observe(fieldset, { attributeFilter: ['disabled'] })
      fieldset = fieldset.parentElement?.closest('fieldset')
    }
    read()
    return () => observer.disconnect()
  }, [input])
  return isDisabled
}
