import type { Body, Meta, Uppy, UppyFile } from '@uppy/core'
import { callSafely } from '../../async/call-safely.js'
import type { RemovedFiles } from '../../upload/store/removed-files.js'
import type { UploadParts } from '../../upload/store/upload-entry.js'
import type { UploadStore } from '../../upload/store/upload-store.js'
import type { Selection } from '../intake/waiting-files.js'

/** How files are removed. */
export interface RemovalOptions {
  /** Whether the server is not told of complete files: their rows are not needed any more, and the app has what they stand for. */
  readonly keepsComplete?: boolean | undefined
}

/** Files that were removed together, with all that brings them back. */
export interface RemovedBatch<M extends Meta, B extends Body> extends RemovalOptions {
  readonly entries: readonly UploadParts[]
  /** The whole list as it was. */
  readonly order: readonly string[]
  /** The files that Uppy had, by id. */
  readonly uppyFiles: ReadonlyMap<string, UppyFile<M, B>>
  /** Files that were still being added. */
  readonly selections: readonly Selection[]
}

/** What files are taken out of. */
interface Lists<M extends Meta, B extends Body> {
  readonly uppy: Uppy<M, B>
  readonly store: UploadStore
}

/** Takes files out of the list and out of Uppy; `stop` ends the work on each before. */
export function takeOut<M extends Meta, B extends Body>(
  ids: readonly string[],
  { uppy, store }: Lists<M, B>,
  stop: (id: string) => void,
): Pick<RemovedBatch<M, B>, 'entries' | 'order' | 'uppyFiles'> {
  const order = store.ids
  const inUppy = ids.flatMap((id) => uppy.getFile(id) ?? [])
  for (const id of ids) stop(id)
  const entries = store.takeOut(ids)
  // A listener of the app may throw.
  if (inUppy.length > 0) callSafely(() => uppy.removeFiles(inUppy.map(({ id }) => id)))
  return { entries, order, uppyFiles: new Map(inUppy.map((file) => [file.id, file])) }
}

/** What a notice says of a batch. */
export function namesOf({ entries }: Pick<RemovedBatch<Meta, Body>, 'entries'>): RemovedFiles {
  return { count: entries.length, names: entries.map(({ facts }) => facts.name) }
}
