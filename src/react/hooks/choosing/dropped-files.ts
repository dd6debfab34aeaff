import { loadCode } from '../../../async/load-code.js'
import type { Runtime } from '../../../async/runtime.js'
import { rememberHandle } from '../../../upload/store/file-handles.js'
import type { RejectionReason } from '../../../upload/store/rejected-files.js'
import type { ReadFolder } from './dropped-folders.js'
import { FoundFiles, type FoundFilesListener } from './found-files.js'
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

/** What of a drop is no file. */
interface DropRest {
  /** Paths of files and folders that the browser could not open. */
  readonly unreadable: readonly string[]
  /** Said when the drop gave nothing. */
  readonly nothing?: NothingToAdd | undefined
}

/** How a drop is read. */
interface DropReading extends FoundFilesListener {
  readonly runtime: Runtime
}

/**
 * Reads all files of a drop, with their paths within the dropped folders, and hands them on in slices.
 *
 * Call it in the drop event itself: a browser empties the transfer as soon as the event is over.
 */
export async function readDroppedFiles(
  transfer: DataTransfer,
  { runtime, ...listener }: DropReading,
): Promise<DropRest> {
  const dropped = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({ entry: entryOf(item), file: item.getAsFile(), handle: handleOf(item) }))
  const found = new FoundFiles(listener, runtime)
  const folders = dropped.flatMap(({ entry }) => (entry?.isDirectory ? entry.name : []))
  const readFolder = folders.length > 0 ? await loadReader(runtime) : undefined
  for (const { entry, file, handle } of dropped) {
    if (entry?.isDirectory) await readFolder?.(entry, found)
    else if (file) {
      found.add({ file })
      void keepHandle(file, handle)
    }
  }
  found.flush()
  const { unreadable, entryCount, count } = found
  if (count + unreadable.length > 0) return { unreadable }
  return { unreadable, nothing: { reason: reasonOf(folders, entryCount), names: folders } }
}

/** The code comes with the first folder; without it, no folder can be read. */
async function loadReader(runtime: Runtime): Promise<ReadFolder> {
  try {
    const { signal } = new AbortController()
    const { createFolderReader } = await loadCode(importFolders, { runtime, signal })
    return createFolderReader(runtime, isSystemFile)
  } catch {
    return async ({ name }, { unreadable }) => void unreadable.push(name)
  }
}

const importFolders = () => import('./dropped-folders.js')

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
