import { downloadErrorMessages } from './download-error-messages.js'
import { uploadErrorMessages } from './upload-error-messages.js'

const ofDownloads = Object.entries(downloadErrorMessages).map(([code, sentence]) => [
  `download-${code}`,
  sentence,
])

/** What users read about the files in a list, of their downloads under `download-` and the code. */
export const lateErrorMessages: Readonly<Record<string, string>> = {
  ...uploadErrorMessages,
  ...Object.fromEntries(ofDownloads),
}
