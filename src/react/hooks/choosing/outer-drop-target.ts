import type { DropTarget } from '../../options/drop-targets.js'
import type { DragHandlers } from './useDragHandlers.js'

/** An uploader that takes files outside of its own element. */
interface OuterDropTarget {
  readonly dropTarget: DropTarget
  /** Asked at each event. */
  readonly handlers: () => DragHandlers
  /** Whether an event is that of an input which takes files itself; given by code that is there at first. */
  readonly isFileInput: (event: Event) => boolean
  /** The form field by which the console names it. */
  readonly name: string | undefined
}

/** The uploaders that want the whole window; the first has it. */
const pageUploaders: OuterDropTarget[] = []

/** Has the window, or an element outside of the uploader, take files; returns what ends that. */
export function openOuterDropTarget(uploader: OuterDropTarget): (() => void) | undefined {
  const { dropTarget, name } = uploader
  if (dropTarget === 'self') return undefined
  if (dropTarget !== 'page') {
    return dropTarget.current ? listen(dropTarget.current, uploader, uploader.handlers) : undefined
  }
  pageUploaders.push(uploader)
  if (pageUploaders.length > 1) warnOfSecond(name)
  const isFirst = () => pageUploaders[0] === uploader
  const stop = listen(window, uploader, () => (isFirst() ? uploader.handlers() : undefined))
  return () => {
    pageUploaders.splice(pageUploaders.indexOf(uploader), 1)
    stop()
  }
}

function listen(
  to: EventTarget,
  { isFileInput }: OuterDropTarget,
  handlers: () => DragHandlers | undefined,
): () => void {
  const names = { dragenter: 'enter', dragover: 'over', dragleave: 'leave', drop: 'letGo' } as const
  const stops = Object.entries(names).map(([type, name]) => {
    const handle = (event: Event) => {
      // Listeners of these names get events of this class.
      const drag = event as DragEvent
      const isTaken =
        (name === 'over' || name === 'letGo') && (drag.defaultPrevented || isFileInput(drag))
      if (!isTaken) handlers()?.[name](drag)
      else if (name === 'letGo') handlers()?.leave(drag)
    }
    to.addEventListener(type, handle)
    return () => to.removeEventListener(type, handle)
  })
  return () => {
    for (const stop of stops) stop()
  }
}

function warnOfSecond(name: string | undefined): void {
  console.warn(
    `s3-direct-upload: the uploader${name ? ` "${name}"` : ''} has \`dropTarget="page"\`, as another one of this page. The first takes what ` +
      'is dropped beside them, and this one takes files on itself alone. Leave `dropTarget` out, or give it a ref of an element.',
  )
}
