import type { FocusEvent, FocusEventHandler } from 'react'

/** Calls a handler of `blur` when the focus leaves the whole element, and not while a dialog of the browser is open. */
export function whenLeft<Root extends HTMLElement>(
  handle: FocusEventHandler<Root> | undefined,
): FocusEventHandler<Root> | undefined {
  return (
    handle &&
    ((event: FocusEvent<Root>) => {
      const { currentTarget, relatedTarget, target } = event
      const tree = target.getRootNode()
      // What has the focus keeps it when the window loses it, as to the file dialog.
      const hasIt = 'activeElement' in tree && tree.activeElement === target
      if (!hasIt && !currentTarget.contains(relatedTarget)) handle(event)
    })
  )
}
