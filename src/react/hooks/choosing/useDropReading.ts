'use client'

import { useState } from 'react'
import type { AddableFile } from '../../../uppy/intake/addable-file.js'
import { useRuntime } from '../../base/RuntimeContext.js'
import { type NothingToAdd, readDroppedFiles } from './dropped-files.js'

/** What is done with a drop. */
export interface DropReadingOptions {
  /** Whether a whole drop is one choice, of which one file is taken. */
  readonly isSingle: boolean
  addFiles(files: readonly AddableFile[]): void
  /** Told of each path that the browser could not open. */
  reject(path: string): void
  /** Told of a drop that gave no file. */
  tellNothing(nothing: NothingToAdd): void
}

/** Reads what is dropped; the first files of a folder are added while the others are still looked for. */
export function useDropReading({ isSingle, addFiles, reject, tellNothing }: DropReadingOptions): {
  readonly filesRead: number | undefined
  readonly readDrop: (transfer: DataTransfer) => Promise<void>
} {
  const runtime = useRuntime()
  const [filesRead, setFilesRead] = useState<number>()
  const readDrop = async (transfer: DataTransfer) => {
    const together: AddableFile[] = []
    const { unreadable, nothing } = await readDroppedFiles(transfer, {
      runtime,
      onFiles: isSingle ? (files) => together.push(...files) : addFiles,
      onCount: setFilesRead,
    })
    setFilesRead(undefined)
    if (together.length > 0) addFiles(together)
    for (const path of unreadable) reject(path)
    if (nothing) tellNothing(nothing)
  }
  return { filesRead, readDrop }
}
