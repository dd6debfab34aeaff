import { UploadError } from '../errors/upload-error.js'

/** The error for an upload that another tab has taken while this page was in the browser’s cache. */
export function uploadElsewhere(): UploadError {
  return new UploadError('Another tab goes on with this upload. Remove it here.', {
    code: 'upload-elsewhere',
    retryable: false,
  })
}
