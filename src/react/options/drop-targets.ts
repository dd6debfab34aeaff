import type { RefObject } from 'react'

/** Where files can be dropped beside the uploader itself: nowhere, everywhere in the window, or on an element. */
export type DropTarget = 'self' | 'page' | RefObject<Element | null>

/** Where a paste is taken: where the focus is in the uploader, anywhere on the page, or nowhere. */
export type PasteTarget = 'focus' | 'page' | false
