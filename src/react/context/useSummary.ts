'use client'

import type { UploadSummary } from '../../upload/store/upload-summary.js'
import { useUploads } from '../hooks/useUploads.js'
import { useRoot } from './UploaderContext.js'

/** All files of the uploader around together. The component renders again with their progress. */
export function useSummary(): UploadSummary {
  return useUploads(useRoot().uploads, ({ summary }) => summary)
}
