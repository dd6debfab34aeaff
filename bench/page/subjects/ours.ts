import { Uppy } from '@uppy/core'
import { S3DirectUpload } from 's3-direct-upload/uppy'
import type { Upload } from '../subject.js'
import { uploadWithUppy } from '../upload-with-uppy.js'

/** The plugin of this repository with its defaults, through its signing handler. */
export const upload: Upload = (files, { checksum, onFileComplete }) => {
  const options = { endpoint: '/api/s3', ...(checksum !== undefined && { checksum }) }
  return uploadWithUppy(new Uppy().use(S3DirectUpload, options), files, onFileComplete)
}
