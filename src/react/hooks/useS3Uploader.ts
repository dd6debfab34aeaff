'use client'

import { useId } from 'react'
import type { S3UploaderOptions } from '../options/s3-uploader-options.js'
import { fieldIds } from './form/field-ids.js'
import { type UploaderCore, useUploaderCore, useUploaderSource } from './useUploaderCore.js'
import { type UploadListState, useUploadList } from './useUploadList.js'

/** Everything a user interface of uploads is made of. */
export interface UseS3UploaderResult extends UploaderCore, UploadListState {}

/**
 * Uploads straight to S3, without any markup: state to show and props for your own elements.
 *
 * Name what the server's `onUploadComplete` returns as the type parameter: `useS3Uploader<Result>(…)`.
 *
 * @throws Error when there is neither an endpoint nor a plugin, or an option conflicts with the app's `uppy`;
 * UploadError `browser-too-old` where the browser is.
 * @example
 * const uploader = useS3Uploader({ endpoint: '/api/s3' })
 * return (
 *   <div {...uploader.getDropzoneProps()}>
 *     <input {...uploader.getInputProps()} />
 *     <button {...uploader.getTriggerProps()}>Choose files</button>
 *     {uploader.summary.counts.complete} of {uploader.summary.total} uploaded
 *   </div>
 * )
 */
export function useS3Uploader<Result = unknown>(
  typedOptions: S3UploaderOptions<Result>,
): UseS3UploaderResult {
  // What the server answers is what its own hook returned: of which type, the app knows.
  const options = typedOptions as S3UploaderOptions
  const source = useUploaderSource(options)
  const list = useUploadList(source.uploads, source.translate)
  const ids = fieldIds(useId())
  return { ...useUploaderCore(options, source, ids), ...list }
}
