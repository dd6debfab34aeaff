import type { Body, Meta, Uppy, UppyFile } from '@uppy/core'
import { descriptorOf } from './addable-file.js'
import type { UppyTools } from './uppy-tools.js'
import type { WaitingFile } from './waiting-files.js'

/**
 * Makes the Uppy file of a file, as `uppy.addFile` does.
 *
 * @see https://uppy.io/docs/uppy/#working-with-uppy-files
 */
export function newUppyFile<M extends Meta, B extends Body>(
  uppy: Uppy<M, B>,
  addable: WaitingFile,
  { generateFileID, getFileNameAndExtension, getFileType }: UppyTools,
): UppyFile<M, B> {
  const descriptor = descriptorOf<M, B>(addable)
  const type = getFileType(descriptor)
  const name = descriptor.name || nameOf(type)
  const { size } = addable.file
  return {
    source: descriptor.source ?? '',
    id: generateFileID(
      { name: addable.file.name, type, meta: descriptor.meta, data: addable.file },
      uppy.getID(),
    ),
    name,
    extension: getFileNameAndExtension(name).extension ?? '',
    meta: { ...uppy.getState().meta, ...descriptor.meta, name, type },
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
