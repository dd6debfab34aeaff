import type { Body, Meta, Uppy, UppyFile } from '@uppy/core'
import type { Runtime } from '../../async/runtime.js'
import { createUploadId } from '../../upload/store/upload-id.js'
import { descriptorOf } from './addable-file.js'
import type { UppyTools } from './uppy-tools.js'
import type { WaitingFile } from './waiting-files.js'

/** What makes a file of Uppy. */
interface NewFileOptions {
  readonly tools: UppyTools
  readonly runtime: Pick<Runtime, 'randomBytes'>
  readonly metadataOf: (file: File) => Readonly<Record<string, string>> | undefined
}

/**
 * Makes the Uppy file of a file, as `uppy.addFile` does, but under an id that no other file has.
 *
 * @see https://uppy.io/docs/uppy/#working-with-uppy-files
 */
export function newUppyFile<M extends Meta, B extends Body>(
  uppy: Uppy<M, B>,
  addable: WaitingFile,
  { tools, runtime, metadataOf }: NewFileOptions,
): UppyFile<M, B> {
  const { getFileNameAndExtension, getFileType } = tools
  const descriptor = descriptorOf<M, B>(addable)
  const type = getFileType(descriptor)
  const name = descriptor.name || nameOf(type)
  const { size } = addable.file
  return {
    source: descriptor.source ?? '',
    id: addable.id ?? createUploadId(runtime),
    name,
    extension: getFileNameAndExtension(name).extension ?? '',
    meta: { ...uppy.getState().meta, ...metadataOf(addable.file), ...descriptor.meta, name, type },
    type,
    progress: {
      percentage: 0,
      bytesUploaded: false,
      bytesTotal: size,
      uploadComplete: false,
      uploadStarted: null,
    },
    size,
    isGhost: false,
    isRemote: false,
    ...(addable.isPaused && { isPaused: true }),
    data: addable.file,
    preview: undefined,
  }
}

/** Some pages and programs paste pictures without a name. */
function nameOf(type: string): string {
  const [kind, format] = type.split('/')
  return kind === 'image' ? `${kind}.${format}` : 'noname'
}
