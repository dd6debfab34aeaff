'use client'

import { type RefObject, useEffect } from 'react'

/**
 * Keeps the keyboard focus within an element when the focused button goes away.
 *
 * It moves to the same button of the next row, else of the previous one, else to the first button of the element.
 */
export function useKeptFocus(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = root.current
    if (!element) return
    let focused: Element | null = null
    const noteFocus = (event: FocusEvent) => {
      focused = event.target instanceof Element ? event.target : null
    }
    const noteBlur = () => {
      // A button that is removed loses the focus too, in Chromium while it is still in the page.
      queueMicrotask(() => {
        if (focused?.isConnected && focused !== element.ownerDocument.activeElement) focused = null
      })
    }
    const observer = new MutationObserver((mutations) => {
      if (!focused || focused.isConnected || !isFocusLost(element)) return
      const lost = focused
      focused = null
      const removal = mutations.find(({ removedNodes }) => contains(removedNodes, lost))
      if (removal) successorOf(lost, removal, element)?.focus()
    })

    element.addEventListener('focusin', noteFocus)
    element.addEventListener('focusout', noteBlur)
    observer.observe(element, { childList: true, subtree: true })
    return () => {
      element.removeEventListener('focusin', noteFocus)
      element.removeEventListener('focusout', noteBlur)
      observer.disconnect()
    }
  }, [root])
}

function isFocusLost({ ownerDocument }: Element): boolean {
  return !ownerDocument.activeElement || ownerDocument.activeElement === ownerDocument.body
}

function contains(nodes: NodeList, element: Element): boolean {
  return [...nodes].some((node) => node.contains(element))
}

function successorOf(
  lost: Element,
  { nextSibling, previousSibling, target }: MutationRecord,
  root: Element,
): HTMLElement | undefined {
  const action = lost.getAttribute('data-action')
  const places = [nextSibling, previousSibling, target, root]
  const elements = places.filter((place) => place instanceof Element && root.contains(place))
  const buttons = elements.flatMap((place) => buttonsIn(place as Element, action))
  return buttons[0]
}

/** The buttons of an element or the element itself, those with the same action first. */
function buttonsIn(place: Element, action: string | null): HTMLElement[] {
  const inside = [...place.querySelectorAll<HTMLElement>('button:not(:disabled)')]
  const all = place instanceof HTMLButtonElement && !place.disabled ? [place, ...inside] : inside
  const isSame = (button: HTMLElement) => button.getAttribute('data-action') === action
  return [...all.filter(isSame), ...all.filter((button) => !isSame(button))]
}
