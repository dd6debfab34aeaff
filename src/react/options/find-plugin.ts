import type { Body, Meta } from '@uppy/core'
import { S3DirectUpload } from '../../uppy/S3DirectUpload.js'
import type { AnyUppy } from './s3-uploader-options.js'

/** The plugin as the components use it, whatever the app's types of metadata and body. */
export type UploadPlugin = S3DirectUpload<Meta, Body>

/** The plugin of an instance, if it has one. */
export function findPlugin(uppy: AnyUppy): UploadPlugin | undefined {
  let found: UploadPlugin | undefined
  uppy.iteratePlugins((plugin) => {
    if (plugin instanceof S3DirectUpload) found = plugin
  })
  return found
}
