import { isElement } from '../../base/is-element.js'

/** Buttons of these actions take something away: the focus does not come to one by itself. */
const removingActions: ReadonlySet<string | null> = new Set([
  'remove',
  'cancel-all',
  'remove-all',
  'clear',
  'discard',
  'dismiss',
  'dismiss-all',
])

const rows = '[data-part=item], [data-part=notice]'

/** How a control was lost. */
interface FocusLoss {
  readonly mutations: readonly MutationRecord[]
  /** The uploader. */
  readonly root: HTMLElement
  /** Whether the user has pressed it, so that going on with the same action is what the user does. */
  readonly wasPressed: boolean
}

/**
 * Where the focus goes when the element that had it is no longer in the page.
 *
 * Where only a control is gone, its row or the line above the list; else the neighbouring row, there the same action.
 */
export function successorOf(
  lost: Element,
  { mutations, root, wasPressed }: FocusLoss,
): HTMLElement {
  const removals = new Map(
    mutations.flatMap((record) => [...record.removedNodes].map((node) => [node, record] as const)),
  )
  const removed = [...removals.keys()].find((node) => node.contains(lost))
  const around = removed && removals.get(removed)?.target
  const row = lost.closest(rows) ?? (isElement(around) ? around.closest(rows) : null)
  if (!row) return (around && placeOf(around, root)) ?? homeOf(root)
  if (row.isConnected && isElement(row)) return row

  const neighbour =
    neighbourOf(row, 'nextSibling', removals) ?? neighbourOf(row, 'previousSibling', removals)
  if (!neighbour) return firstRowIn(removals.get(row)?.target, root) ?? homeOf(root)
  const action = lost.getAttribute('data-action')
  const mayRepeat = wasPressed || !removingActions.has(action)
  const same = action && mayRepeat && neighbour.querySelector(`[data-action="${action}"]:enabled`)
  if (same && isElement(same)) return same
  return neighbour.matches('[data-part=item]') ? neighbour : homeOf(root)
}

/** What stays of the surroundings of a control: its row, or what is said of all files. */
export function placeOf(control: Node, root: HTMLElement): HTMLElement | undefined {
  const place = isElement(control) ? control.closest<HTMLElement>('[data-part=item]') : null
  return place && root.contains(place) ? place : undefined
}

/** Where nothing can be lost: what is said of all files, else the button that opens the dialog. */
export function homeOf(root: HTMLElement): HTMLElement {
  return (
    root.querySelector<HTMLElement>('[data-part=count]') ??
    root.querySelector<HTMLElement>('[data-part=trigger]:enabled') ??
    root
  )
}

/** The nearest row on one side that is still there; of what went at the same time, the one behind it. */
function neighbourOf(
  row: Node,
  side: 'nextSibling' | 'previousSibling',
  removals: ReadonlyMap<Node, MutationRecord>,
): HTMLElement | undefined {
  let place: Node | null | undefined = removals.get(row)?.[side]
  for (let left = removals.size; left > 0 && place && !place.isConnected; left -= 1) {
    place = removals.get(place)?.[side]
  }
  return isElement(place) && place.isConnected && place.matches(rows) ? place : undefined
}

/** Where other rows have taken the place of all. */
function firstRowIn(list: Node | undefined, root: HTMLElement): HTMLElement | undefined {
  if (!isElement(list) || !root.contains(list)) return undefined
  return list.querySelector<HTMLElement>('[data-part=item]') ?? undefined
}
