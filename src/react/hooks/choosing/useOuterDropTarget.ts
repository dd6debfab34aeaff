'use client'

import { useLateCode } from '../../base/useLateCode.js'
import { useLatest } from '../../base/useLatest.js'
import type { DropTarget } from '../../options/drop-targets.js'
import { isFileInput } from './stray-drops.js'
import type { DragHandlers } from './useDragHandlers.js'

/** Where files can be dropped beside the uploader, and the form field by which the console names it. */
export interface OuterDropOptions {
  readonly dropTarget: DropTarget
  readonly name: string | undefined
}

/** Has the window, or an element outside of the uploader, take files. */
export function useOuterDropTarget(
  { dropTarget, name }: OuterDropOptions,
  drag: DragHandlers,
): void {
  const latest = useLatest(drag)
  useLateCode(dropTarget !== 'self' && dropTarget, importOuterTarget, ({ openOuterDropTarget }) =>
    openOuterDropTarget({ dropTarget, name, isFileInput, handlers: () => latest.current }),
  )
}

const importOuterTarget = () => import('./outer-drop-target.js')
