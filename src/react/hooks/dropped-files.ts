import type { Runtime } from '../../async/runtime.js'
import { createDriveTimeout, type WithinDriveTimeout } from '../../upload/store/drive-timeout.js'
import { rememberHandle } from '../../upload/store/file-handles.js'
import type { RejectionReason } from '../../upload/store/rejected-files.js'
import type { AddableFile } from '../../uppy/addable-file.js'
import { isSystemFile } from './system-files.js'

/** Why a drop or a chosen folder gave no file. */
export interface NothingToAdd {
  /** An empty folder, folders without files or with system files alone, or something that carries no file. */
  readonly reason: Extract<
    RejectionReason,
    'folder-empty' | 'nothing-to-upload' | 'nothing-dropped'
  >
  /** Names of the folders. */
  readonly names: readonly string[]
}

/** The files of a drop, folders read to the end, and what could not be read. */
export interface DroppedFiles {
  readonly files: readonly AddableFile[]
  /** Paths of files and folders that the browser could not open. */
  readonly unreadable: readonly string[]
  /** Said when there is neither. */
  readonly nothing?: NothingToAdd | undefined
}

/**
 * Reads all files of a drop, with their paths within the dropped folders.
 *
 * Call it in the drop event itself: a browser empties the transfer as soon as the event is over.
 */
export async function readDroppedFiles(
  transfer: DataTransfer,
  runtime: Pick<Runtime, 'setTimer'>,
): Promise<DroppedFiles> {
  const dropped = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({ entry: entryOf(item), file: item.getAsFile(), handle: handleOf(item) }))
  const found: Found = {
    files: [],
    unreadable: [],
    entryCount: 0,
    withinTimeout: createDriveTimeout(runtime),
  }
  for (const { entry, file, handle } of dropped) {
    if (entry?.isDirectory) await readEntry(entry, '', found)
    else if (file) {
      found.files.push({ file })
      void keepHandle(file, handle)
    }
  }
  const { files, unreadable, entryCount } = found
  if (files.length + unreadable.length > 0) return { files, unreadable }
  const names = dropped.flatMap(({ entry }) => (entry?.isDirectory ? entry.name : []))
  return { files, unreadable, nothing: { reason: reasonOf(names, entryCount), names } }
}

interface Found {
  readonly files: AddableFile[]
  readonly unreadable: string[]
  /** What lies in the folders, system files too. */
  entryCount: number
  readonly withinTimeout: WithinDriveTimeout
}

function reasonOf(folders: readonly string[], entryCount: number): NothingToAdd['reason'] {
  if (folders.length === 0) return 'nothing-dropped'
  return entryCount === 0 ? 'folder-empty' : 'nothing-to-upload'
}

// DOM typings promise the method; test environments and some embedded browsers lack it.
function entryOf(item: Partial<DataTransferItem>): FileSystemEntry | null {
  return item.webkitGetAsEntry?.() ?? null
}

/** @see https://wicg.github.io/file-system-access/#drag-and-drop */
interface ItemWithHandle extends Partial<DataTransferItem> {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>
}

/** Asked for in the drop event as well. Only Chromium has handles, and it may refuse one. */
async function handleOf(item: ItemWithHandle): Promise<FileSystemHandle | null | undefined> {
  try {
    return await item.getAsFileSystemHandle?.()
  } catch {
    return undefined
  }
}

/** Lets the file be opened again after a reload; nobody waits for that. */
async function keepHandle(file: File, asked: ReturnType<typeof handleOf>): Promise<void> {
  const handle = await asked
  // `kind` is what tells the two interfaces apart.
  if (handle?.kind === 'file') rememberHandle(file, handle as FileSystemFileHandle)
}

/** One entry that cannot be read must not cost its neighbours. */
async function readEntry(entry: FileSystemEntry, folder: string, found: Found): Promise<void> {
  const relativePath = folder ? `${folder}/${entry.name}` : entry.name
  try {
    if (entry.isDirectory) {
      // `isDirectory` is what tells the two interfaces apart.
      const children = await readFolder(entry as FileSystemDirectoryEntry, found.withinTimeout)
      found.entryCount += children.length
      for (const child of children) {
        if (!isSystemFile(child.name)) await readEntry(child, relativePath, found)
      }
    } else {
      const file = await found.withinTimeout(fileOf(entry as FileSystemFileEntry))
      found.files.push({ file, relativePath })
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
