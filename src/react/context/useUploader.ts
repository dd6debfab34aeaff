'use client'

import type { UseS3UploaderResult } from '../hooks/useS3Uploader.js'
import { useUploadList } from '../hooks/useUploadList.js'
import { useCore, useRoot } from './UploaderContext.js'

/**
 * The uploader around a component: what `useS3Uploader` returns, within `Uploader.Root` or `S3Uploader`.
 *
 * The component renders again with every change of the list and of the summary; for one file alone there is `useUploadItem`.
 *
 * @throws Error outside of both.
 * @example
 * const { summary, pauseAll } = useUploader()
 */
export function useUploader(): UseS3UploaderResult {
  const { uploads, translate } = useRoot('useUploader()')
  const core = useCore()
  return { ...core, ...useUploadList(uploads, translate) }
}
