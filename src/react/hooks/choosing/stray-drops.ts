import { isElement } from '../../base/is-element.js'

const guards = new WeakMap<Document, { users: number; end(): void }>()

/**
 * Keeps the browser from opening a file or link that is dropped where nobody takes it, in place of the page.
 *
 * All uploaders of a page share one guard, which ends with the last of them.
 */
export function guardStrayDrops(document: Document): () => void {
  const guard = guards.get(document) ?? { users: 0, end: startGuard(document) }
  guards.set(document, guard)
  guard.users += 1
  return () => {
    guard.users -= 1
    if (guard.users > 0) return
    guard.end()
    guards.delete(document)
  }
}

function startGuard({ defaultView }: Document): () => void {
  if (!defaultView) return () => {}
  const stop = () => {
    defaultView.removeEventListener('dragover', refuseDrag)
    defaultView.removeEventListener('drop', keepPage)
  }
  /** Added anew for each drag, so that every other drop target of the page is asked first. */
  const start = () => {
    stop()
    defaultView.addEventListener('dragover', refuseDrag)
    defaultView.addEventListener('drop', keepPage)
  }
  start()
  defaultView.addEventListener('dragenter', start, true)
  return () => {
    stop()
    defaultView.removeEventListener('dragenter', start, true)
  }
}

/** Shows that nothing can be let go here. */
function refuseDrag(event: DragEvent): void {
  if (!isStray(event) || isEditable(event)) return
  event.preventDefault()
  if (event.dataTransfer) event.dataTransfer.dropEffect = 'none'
}

/** An editor may take files although it lets the browser show the drag: it has been asked before. */
function keepPage(event: DragEvent): void {
  if (isStray(event) && !(isEditable(event) && !carriesFiles(event.dataTransfer))) {
    event.preventDefault()
  }
}

/** Whether nobody has taken it, and the browser would open it. */
function isStray(event: DragEvent): boolean {
  const { dataTransfer, defaultPrevented } = event
  if (defaultPrevented || !(carriesFiles(dataTransfer) || carriesLink(dataTransfer))) return false
  return !isFileInput(event)
}

/** Whether an event is that of an input which takes dropped files. */
export function isFileInput(event: Event): boolean {
  return targetOf(event)?.matches('input[type=file]:enabled') ?? false
}

/** Whether a drag carries files, as far as the browser tells. */
export function carriesFiles(transfer: DataTransfer | null): boolean {
  return [...(transfer?.types ?? [])].includes('Files')
}

/** Whether a drag carries a link, or a picture of another page. */
export function carriesLink(transfer: DataTransfer | null): boolean {
  return [...(transfer?.types ?? [])].includes('text/uri-list')
}

const textFields =
  'input:not([type=file]), textarea, [contenteditable]:not([contenteditable=false])'

/** Whether text can be dropped there. */
export function isEditable(event: Event): boolean {
  const target = targetOf(event)
  const isField = target?.closest(textFields)
  return Boolean(isField) || target?.ownerDocument.designMode === 'on'
}

/** Within a shadow tree, too. */
function targetOf(event: Event): Element | undefined {
  const [target] = event.composedPath()
  return isElement(target) ? target : undefined
}
