import { type Body, type Meta, Uppy } from '@uppy/core'
import { S3DirectUpload } from 's3-direct-upload/uppy'
import type { Approach, Upload } from './subject.js'

/** The plugin of this repository with its defaults, used as its component uses it, through its signing handler. */
export const upload: Upload = (files, { checksum, onFileComplete }) => {
  const { uppy, plugin } = create(checksum)
  return new Promise((resolve, reject) => {
    let left = files.length
    uppy.on('upload-success', (file) => {
      if (file?.data instanceof Blob) onFileComplete(file.data)
      left -= 1
      if (left === 0) resolve()
    })
    uppy.on('upload-error', (_, error) => reject(error))
    plugin?.addFiles(files.map((file) => ({ file })))
  })
}

/** As a pointer over the component, or the focus in it: an earlier commit has nothing to load then. */
export const approach: Approach = async () => {
  await create(undefined).plugin?.prepare?.()
}

function create(checksum: boolean | undefined) {
  const uppy = new Uppy<Meta, Body>().use(S3DirectUpload, {
    endpoint: '/api/s3',
    autoUpload: true,
    ...(checksum !== undefined && { checksum }),
  })
  return { uppy, plugin: uppy.getPlugin<S3DirectUpload<Meta, Body>>('S3DirectUpload') }
}
