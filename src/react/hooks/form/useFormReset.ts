'use client'

import { type RefObject, useEffect } from 'react'
import * as ReactDOM from 'react-dom'
import { useRuntime } from '../../base/RuntimeContext.js'
import { useLatest } from '../../base/useLatest.js'

/** React before 19 has no such hook, runs no actions of forms and resets none. */
const useFormStatus: () => { readonly pending: boolean } =
  Reflect.get(ReactDOM, 'useFormStatus') ?? (() => ({ pending: false }))

/**
 * Calls `onReset` when the form of an input is reset, by its button or by a script.
 *
 * Not when React resets the form after an action of it: React does so after one that failed, too.
 */
export function useFormReset(input: RefObject<HTMLInputElement | null>, onReset: () => void): void {
  // React resets in the very commit that ends the action: what was rendered last says that it is pending.
  const { pending } = useFormStatus()
  const latest = useLatest({ pending, onReset })
  const { setTimer } = useRuntime()
  useEffect(() => {
    // A form's reset does not leave a shadow tree.
    const tree = input.current?.getRootNode()
    let stopTimer = () => {}
    const handleReset = (event: Event) => {
      const form = input.current?.form
      if (!form || event.target !== form) return
      if (latest.current.pending || isElsewhereWithAction(form, input.current)) return
      // Anybody may still prevent it.
      stopTimer = setTimer(() => {
        if (!event.defaultPrevented) latest.current.onReset()
      }, 0)
    }
    tree?.addEventListener('reset', handleReset)
    return () => {
      tree?.removeEventListener('reset', handleReset)
      stopTimer()
    }
  }, [input, latest, setTimer])
}

/** Of a form that is not around it, React tells nothing, but marks one whose action is a function. */
function isElsewhereWithAction(form: HTMLFormElement, input: HTMLInputElement | null): boolean {
  const isElsewhere = input?.hasAttribute('form') ?? false
  return isElsewhere && /^javascript:/.test(form.getAttribute('action') ?? '')
}
