import type { Body, Meta, UppyFile } from '@uppy/core'
import type { Runtime } from '../async/runtime.js'
import type { UploadStore } from '../upload/store/upload-store.js'
import { newUpload, restoredState } from './file-facts.js'

/** Adds files of Uppy to the list; those whose upload has ended before in the state that it has left them in. */
export function addUploads<M extends Meta, B extends Body>(
  store: UploadStore,
  files: readonly UppyFile<M, B>[],
  runtime: Runtime,
): void {
  store.add(files.map((file) => newUpload(file, runtime)))
  for (const file of files) {
    const state = restoredState(file)
    if (state) store.setState(file.id, state)
  }
}
