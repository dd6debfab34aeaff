import { isElement } from '../../base/is-element.js'
import { homeOf, placeOf, successorOf } from './focus-successor.js'

/** Parts of the uploader that the focus can be on; what the app puts into it is the app's. */
const ownParts = '[data-action], [data-part=trigger], [data-part=item], [data-part=count]'

/**
 * Moves the focus to a harmless place within `root` when the focused control is removed or disabled.
 *
 * A control that is enabled again gets the focus back, if nobody has moved it meanwhile. `first` had the focus before.
 */
export function keepFocus(root: HTMLElement, first?: EventTarget | null): () => void {
  let focused: HTMLElement | undefined
  let pressed: Element | undefined
  let disabled: { readonly control: HTMLElement; readonly place: HTMLElement } | undefined

  const noteFocus = ({ target }: Pick<Event, 'target'>) => {
    focused = isElement(target) && target.matches(ownParts) ? target : undefined
    // The root has the focus only in place of a control.
    if (target === root) focused = root
    pressed = undefined
    if (target !== disabled?.place) disabled = undefined
  }
  const noteBlur = () => {
    // A button that is removed loses the focus too, in Chromium while it is still in the page.
    queueMicrotask(() => {
      if (focused?.isConnected && focused !== activeElementOf(root)) focused = undefined
    })
  }
  const notePress = ({ target }: Event) => {
    if (focused && isElement(target) && focused.contains(target)) pressed = focused
  }
  const handleMutations = (mutations: readonly MutationRecord[]) => {
    if (disabled && isUsable(disabled.control)) {
      const { control, place } = disabled
      if (activeElementOf(root) === place) control.focus()
      disabled = undefined
    }
    const lost = focused
    if (!lost || isUsable(lost)) return
    if (lost.isConnected) {
      const place = placeOf(lost, root) ?? homeOf(root)
      moveTo(place)
      disabled = { control: lost, place }
      return
    }
    focused = undefined
    const wasPressed = pressed === lost
    if (isFocusLost(root)) moveTo(successorOf(lost, { mutations, root, wasPressed }))
  }

  const observer = new MutationObserver(handleMutations)
  const whenDisabled = { attributes: true, attributeFilter: ['disabled'] }
  observer.observe(root, { childList: true, subtree: true, ...whenDisabled })
  for (const fieldset of fieldsetsAround(root)) observer.observe(fieldset, whenDisabled)
  root.addEventListener('focusin', noteFocus)
  root.addEventListener('focusout', noteBlur)
  root.addEventListener('click', notePress, true)
  const isOurs = isElement(first) && first.matches(ownParts)
  if (isOurs && !first.isConnected && isFocusLost(root)) moveTo(homeOf(root))
  else if (root.contains(activeElementOf(root))) noteFocus({ target: activeElementOf(root) })
  return () => {
    observer.disconnect()
    root.removeEventListener('focusin', noteFocus)
    root.removeEventListener('focusout', noteBlur)
    root.removeEventListener('click', notePress, true)
  }
}

function isUsable(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled')
}

/** Also within a shadow tree, where the document only knows its host. */
function activeElementOf(root: Element): Element | null {
  const tree = root.getRootNode()
  // A document or a shadow root; an element only while it is in no page.
  return 'activeElement' in tree ? (tree as Document).activeElement : null
}

function isFocusLost(root: Element): boolean {
  const active = activeElementOf(root)
  return !active || active === root.ownerDocument.body
}

function fieldsetsAround(root: Element): Element[] {
  const fieldset = root.parentElement?.closest('fieldset')
  return fieldset ? [fieldset, ...fieldsetsAround(fieldset)] : []
}

/** What is no control can have the focus as long as it keeps it. */
function moveTo(place: HTMLElement): void {
  if (!place.matches('button, [tabindex]')) {
    place.tabIndex = -1
    place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true })
  }
  place.focus()
}
