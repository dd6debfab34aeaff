'use client'

import { useEffect } from 'react'
import type { AddableFile } from '../../../uppy/intake/addable-file.js'
import { useLatest } from '../../base/useLatest.js'
import type { PasteTarget } from '../../options/drop-targets.js'
import { isEditable } from './stray-drops.js'

/** What is done with pasted files. */
export interface PasteOptions {
  readonly paste: PasteTarget
  readonly isDisabled: () => boolean
  /** Whether the list has a file of this name. */
  hasName(name: string): boolean
  addFiles(files: readonly AddableFile[]): void
}

/** Takes pasted files; returns what handles a paste in the uploader itself. A text field keeps its paste. */
export function usePasteTarget(options: PasteOptions): (event: ClipboardEvent) => void {
  const handlePaste = (event: ClipboardEvent) => {
    const { isDisabled, addFiles, hasName } = options
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length === 0 || event.defaultPrevented || isDisabled() || isEditable(event)) return
    event.preventDefault()
    void nameApart(files, hasName).then((named) => addFiles(named.map((file) => ({ file }))))
  }
  const { paste } = options
  const latest = useLatest(handlePaste)
  useEffect(() => {
    if (paste !== 'page') return
    const handle = (event: ClipboardEvent) => latest.current(event)
    document.addEventListener('paste', handle)
    return () => document.removeEventListener('paste', handle)
  }, [paste, latest])
  return paste === false ? () => {} : handlePaste
}

/** Without its code, pictures keep the names they share. */
async function nameApart(
  files: readonly File[],
  hasName: (name: string) => boolean,
): Promise<readonly File[]> {
  if (!files.some(({ name }) => hasName(name)) && files.length === 1) return files
  return await import('./picture-names.js').then(
    ({ namePicturesApart }) => namePicturesApart(files, hasName),
    () => files,
  )
}
