'use client'

import {
  type ClipboardEvent,
  type DragEvent,
  type SyntheticEvent,
  useEffect,
  useRef,
  useState,
} from 'react'
import type { AddableFile } from '../../uppy/intake/addable-file.js'
import { useRuntime } from '../base/RuntimeContext.js'
import { type NothingToAdd, readDroppedFiles } from './dropped-files.js'
import { carriesFiles, carriesLink, guardStrayDrops, isEditable } from './stray-drops.js'

/** What a drop target does with files. */
interface DropTargetOptions {
  readonly disabled: boolean
  /** Told that files come near. */
  onApproach(): void
  addFiles(files: readonly AddableFile[]): void
  /** Told of each path that the browser could not open. */
  reject(path: string): void
  /** Told of a drop that gave no file. */
  tellNothing(nothing: NothingToAdd): void
}

/** Handlers of an element on which files and folders can be dropped and pasted. */
interface DropTargetHandlers {
  onDragEnter(event: DragEvent): void
  onDragOver(event: DragEvent): void
  onDragLeave(event: DragEvent): void
  onDrop(event: DragEvent): void
  onPaste(event: ClipboardEvent): void
}

/** Takes dropped files, folders and pasted files. */
export function useDropTarget({
  disabled,
  onApproach,
  addFiles,
  reject,
  tellNothing,
}: DropTargetOptions): {
  readonly isDraggingOver: boolean
  readonly handlers: DropTargetHandlers
} {
  const runtime = useRuntime()
  const [isDraggingOver, setIsDraggingOver] = useState(false)
  // Children send enter and leave too: only leaving the element entered last is leaving the target.
  const enteredLast = useRef<EventTarget | null>(null)

  useEffect(() => guardStrayDrops(document), [])

  /** Like any control, also by a `<fieldset disabled>` around it. */
  const isDisabled = ({ currentTarget }: SyntheticEvent) =>
    disabled || currentTarget.closest('fieldset:disabled') !== null

  const handleDrop = async (event: DragEvent) => {
    const { files, unreadable, nothing } = await readDroppedFiles(event.dataTransfer, runtime)
    if (files.length > 0) addFiles(files)
    for (const path of unreadable) reject(path)
    if (nothing) tellNothing(nothing)
  }

  const handlers: DropTargetHandlers = {
    onDragEnter(event) {
      if (!carriesFiles(event.dataTransfer)) return
      event.preventDefault()
      onApproach()
      enteredLast.current = event.target
      setIsDraggingOver(!isDisabled(event))
    },
    onDragOver(event) {
      if (!isToBeTaken(event)) return
      // Also when disabled: else the browser leaves the page to show the file.
      event.preventDefault()
      event.dataTransfer.dropEffect = isDisabled(event) ? 'none' : 'copy'
    },
    onDragLeave(event) {
      if (enteredLast.current === event.target) setIsDraggingOver(false)
    },
    onDrop(event) {
      if (!isToBeTaken(event)) return
      event.preventDefault()
      setIsDraggingOver(false)
      if (!isDisabled(event)) void handleDrop(event)
    },
    onPaste(event) {
      const files = [...event.clipboardData.files]
      if (files.length === 0 || isDisabled(event) || isEditable(event.nativeEvent)) return
      event.preventDefault()
      addFiles(files.map((file) => ({ file })))
    },
  }
  return { isDraggingOver, handlers }
}

/** Files; and a link, which may be meant as a file, unless an element inside takes it. */
function isToBeTaken({ dataTransfer, defaultPrevented, nativeEvent }: DragEvent): boolean {
  if (carriesFiles(dataTransfer)) return true
  return carriesLink(dataTransfer) && !defaultPrevented && !isEditable(nativeEvent)
}
