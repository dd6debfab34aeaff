import { UploadError } from './upload-error.js'

/** The error for code of this package that the page could not load. */
export function codeNotLoaded(what: string, cause: unknown): UploadError {
  return new UploadError(
    `The code that ${what} could not be loaded. Check the connection, keep the chunks of older builds on the server, and reload the page.`,
    { code: 'code-not-loaded', retryable: true, cause },
  )
}
