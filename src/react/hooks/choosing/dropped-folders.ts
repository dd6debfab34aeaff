import type { Runtime } from '../../../async/runtime.js'
import { createDriveTimeout, type WithinDriveTimeout } from '../../../upload/store/drive-timeout.js'
import type { FoundFiles } from './found-files.js'

/** Reads a folder to the end, and adds to what was found. */
export type ReadFolder = (folder: FileSystemEntry, found: FoundFiles) => Promise<void>

/** Creates what reads the folders of one drop, without the files and folders that are left out by their name. */
export function createFolderReader(
  runtime: Pick<Runtime, 'setTimer'>,
  isLeftOut: (name: string) => boolean,
): ReadFolder {
  const withinTimeout = createDriveTimeout(runtime)
  return (folder, found) => readEntry(folder, '', { found, withinTimeout, isLeftOut })
}

interface Reading {
  readonly found: FoundFiles
  readonly withinTimeout: WithinDriveTimeout
  readonly isLeftOut: (name: string) => boolean
}

/** One entry that cannot be read must not cost its neighbours. */
async function readEntry(entry: FileSystemEntry, folder: string, reading: Reading): Promise<void> {
  const { found, withinTimeout, isLeftOut } = reading
  const relativePath = folder ? `${folder}/${entry.name}` : entry.name
  try {
    if (entry.isDirectory) {
      // `isDirectory` is what tells the two interfaces apart.
      const children = await readFolder(entry as FileSystemDirectoryEntry, withinTimeout)
      found.entryCount += children.length
      for (const child of children) {
        if (!isLeftOut(child.name)) await readEntry(child, relativePath, reading)
      }
    } else {
      const file = await withinTimeout(fileOf(entry as FileSystemFileEntry))
      found.add({ file, relativePath })
    }
  } catch {
    found.unreadable.push(relativePath)
  }
}

/** A reader hands out about a hundred entries at a time, and an empty list at the end. */
async function readFolder(
  folder: FileSystemDirectoryEntry,
  withinTimeout: WithinDriveTimeout,
): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const entries: FileSystemEntry[] = []
  for (;;) {
    const batch = await withinTimeout(
      new Promise<FileSystemEntry[]>((resolve, reject) => {
        reader.readEntries(resolve, reject)
      }),
    )
    if (batch.length === 0) return entries
    entries.push(...batch)
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}
