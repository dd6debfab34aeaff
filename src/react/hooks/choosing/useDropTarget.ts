'use client'

import { type ClipboardEvent, type DragEvent, useEffect } from 'react'
import type { DraggedFiles } from './dragged-files.js'
import { guardStrayDrops } from './stray-drops.js'
import { type DragOptions, useDragHandlers } from './useDragHandlers.js'
import { type DropReadingOptions, useDropReading } from './useDropReading.js'
import { type OuterDropOptions, useOuterDropTarget } from './useOuterDropTarget.js'
import { type PasteOptions, usePasteTarget } from './usePasteTarget.js'

/** What a drop target does with files. */
interface DropTargetOptions
  extends Omit<DragOptions, 'readDrop'>,
    DropReadingOptions,
    PasteOptions,
    OuterDropOptions {
  /** What becomes of files that are dropped where nothing takes them. */
  readonly strayDrops: 'prevent' | 'browser'
}

/** Handlers of an element on which files and folders can be dropped and pasted. */
interface DropTargetHandlers {
  onDragEnter(event: DragEvent): void
  onDragOver(event: DragEvent): void
  onDragLeave(event: DragEvent): void
  onDrop(event: DragEvent): void
  onPaste(event: ClipboardEvent): void
}

/** What is dragged at the moment, or was dropped and is being read. */
export interface DropState {
  /** What is being dragged over the drop zone, as far as the browser tells. */
  readonly dragged: DraggedFiles | undefined
  /** Files found so far in folders that are being read, when that takes a while. */
  readonly filesRead: number | undefined
  /** Whether the whole window is to take files. */
  readonly isPageTarget: boolean
}

/** Takes dropped files, folders and pasted files. */
export function useDropTarget(
  options: DropTargetOptions,
): DropState & { readonly handlers: DropTargetHandlers } {
  const { dropTarget, strayDrops } = options
  useEffect(() => (strayDrops === 'browser' ? undefined : guardStrayDrops(document)), [strayDrops])
  const { filesRead, readDrop } = useDropReading(options)
  const { dragged, drag } = useDragHandlers({ ...options, readDrop })
  useOuterDropTarget(options, drag)
  const paste = usePasteTarget(options)
  const handlers: DropTargetHandlers = {
    onDragEnter: ({ nativeEvent }) => drag.enter(nativeEvent),
    onDragOver: ({ nativeEvent }) => drag.over(nativeEvent),
    onDragLeave: ({ nativeEvent }) => drag.leave(nativeEvent),
    onDrop: ({ nativeEvent }) => drag.letGo(nativeEvent),
    onPaste: ({ nativeEvent }) => paste(nativeEvent),
  }
  return { dragged, filesRead, isPageTarget: dropTarget === 'page', handlers }
}
