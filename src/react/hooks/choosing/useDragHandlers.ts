'use client'

import { useRef, useState } from 'react'
import type { AcceptEntry } from '../../../protocol/accepted-types.js'
import { type DraggedFiles, lookAtDrag } from './dragged-files.js'
import { carriesFiles, carriesLink, isEditable } from './stray-drops.js'

/** What a drop target does with the events of a drag. */
export interface DragHandlers {
  enter(event: DragEvent): void
  over(event: DragEvent): void
  leave(event: DragEvent): void
  letGo(event: DragEvent): void
}

/** What is done with a drag. */
export interface DragOptions {
  /** What is taken; undefined for all files. */
  readonly accepted: readonly AcceptEntry[] | undefined
  readonly isDisabled: () => boolean
  /** Told that files come near. */
  onApproach(): void
  readDrop(transfer: DataTransfer): Promise<void>
}

/** The window hears of a drag, too, that was over the uploader itself. */
const handled = new WeakSet<Event>()

/** Shows what is dragged over an element, and takes what is dropped. */
export function useDragHandlers({ accepted, isDisabled, onApproach, readDrop }: DragOptions): {
  readonly dragged: DraggedFiles | undefined
  readonly drag: DragHandlers
} {
  const [dragged, setDragged] = useState<DraggedFiles>()
  // Children send enter and leave too: only leaving the element entered last is leaving the target.
  const enteredLast = useRef<EventTarget | null>(null)
  const show = (next: DraggedFiles | undefined) =>
    setDragged((now) => (isSameDrag(now, next) ? now : next))

  const drag: DragHandlers = {
    enter(event) {
      const { dataTransfer, target } = event
      if (!carriesFiles(dataTransfer) || !isFirstTime(event)) return
      event.preventDefault()
      onApproach()
      enteredLast.current = target
      show(dataTransfer && !isDisabled() ? lookAtDrag(dataTransfer, accepted) : undefined)
    },
    over(event) {
      const { dataTransfer } = event
      if (!dataTransfer || !isToBeTaken(event) || !isFirstTime(event)) return
      // Also when disabled: else the browser leaves the page to show the file.
      event.preventDefault()
      const isRefused = isDisabled() || !lookAtDrag(dataTransfer, accepted).isFitting
      dataTransfer.dropEffect = isRefused ? 'none' : 'copy'
    },
    leave({ target }) {
      if (enteredLast.current === target) show(undefined)
    },
    letGo(event) {
      const { dataTransfer } = event
      if (!dataTransfer || !isToBeTaken(event) || !isFirstTime(event)) return
      event.preventDefault()
      show(undefined)
      if (!isDisabled()) void readDrop(dataTransfer)
    },
  }
  return { dragged, drag }
}

function isFirstTime(event: Event): boolean {
  const isFirst = !handled.has(event)
  handled.add(event)
  return isFirst
}

function isSameDrag(a: DraggedFiles | undefined, b: DraggedFiles | undefined): boolean {
  return a?.count === b?.count && a?.isFitting === b?.isFitting
}

/** Files; and a link, which may be meant as a file, unless an element inside takes it. */
function isToBeTaken(event: DragEvent): boolean {
  const { dataTransfer, defaultPrevented } = event
  if (carriesFiles(dataTransfer)) return true
  return carriesLink(dataTransfer) && !defaultPrevented && !isEditable(event)
}
