import type { ErrorCode } from '../../protocol/error-response.js'
import type { LocalErrorCode } from '../../upload/errors/upload-error.js'

const lostConnection = 'The connection was lost. Check your internet connection and try again.'
const noAnswer = 'The server did not answer. Try again in a few minutes.'
const busy = 'The server is busy. Try again in a few minutes.'
const brokenPage =
  'Uploads do not work on this page at the moment. Please tell the people who run it.'
const rejected =
  'The storage did not accept the file. Try again, or tell the people who run this page.'
const interrupted = 'The upload was interrupted. Try again.'
const tooLate = 'The upload was interrupted for too long. Try again.'
const damaged = 'The file arrived damaged. Try again.'
const signIn = 'Please sign in again, then try again.'
const objectNotFound = 'The file is no longer there. Upload it again.'
const wrong = 'Something went wrong. Try again.'

/** Asks for a file whose bytes the page no longer has. */
export const chooseAgain = 'Choose the file again to go on.'

/** Says that an interrupted upload is complete, discarded, or continued elsewhere. */
export const interruptedGone = 'This upload is no longer there. Add the file again.'

/**
 * What users read about an error, by its code: what they can do. Its own message is for developers.
 *
 * `other` is for codes that are not here. The first code of a sentence is its name: a pack has the text for all of them under
 * `error:` and this name.
 */
export const errorMessages = {
  network: lostConnection,
  unreachable: lostConnection,
  stalled: lostConnection,
  'request-timeout': lostConnection,
  'endpoint-unreachable': noAnswer,
  'internal-error': noAnswer,
  'storage-error': noAnswer,
  'completion-failed': noAnswer,
  'completion-pending': noAnswer,
  'rate-limited': busy,
  'storage-busy': busy,
  'storage-slow': busy,
  misconfigured: brokenPage,
  cors: brokenPage,
  'blocked-by-policy': brokenPage,
  'endpoint-answer': brokenPage,
  'origin-not-allowed': brokenPage,
  'storage-refused': brokenPage,
  'invalid-request': brokenPage,
  'request-too-large': brokenPage,
  'unsupported-media-type': brokenPage,
  'method-not-allowed': brokenPage,
  'unsupported-operation': brokenPage,
  'storage-denied': brokenPage,
  'signature-wrong': brokenPage,
  'storage-key-unknown': brokenPage,
  'bucket-missing': brokenPage,
  'storage-clock': brokenPage,
  'method-not-offered': brokenPage,
  'storage-rejected': rejected,
  unauthorized: signIn,
  forbidden: 'You are not allowed to upload files here. Ask the people who run this page.',
  'quota-exceeded': 'There is no space left for this file. Remove files you no longer need.',
  'too-many-files': 'These are too many files. Choose fewer.',
  'file-too-large': 'The file is too large. Choose a smaller one.',
  'file-too-small': 'The file is too small. Choose another one.',
  'file-type-not-accepted': 'Files of this type cannot be added here. Choose another file.',
  'type-mismatch': 'The content of the file does not fit its type. Choose another file.',
  'file-unreadable': 'The file was changed, moved or removed. Choose it again.',
  'file-not-answering':
    'The drive or network folder of the file does not answer. Connect it again to go on.',
  'cannot-reopen': chooseAgain,
  'file-missing': chooseAgain,
  'interrupted-gone': interruptedGone,
  'remote-file': 'Files from this source cannot be added here. Save it on your device first.',
  'upload-cut-off': interrupted,
  'signature-expired': interrupted,
  'checksum-mismatch': damaged,
  'size-mismatch': damaged,
  'upload-gone': tooLate,
  'upload-not-found': tooLate,
  'parts-missing': tooLate,
  'invalid-token': tooLate,
  'expired-token': tooLate,
  'upload-exists': 'This upload ended before. Remove the file here and add it again.',
  'upload-elsewhere': 'This upload goes on in another tab. Remove the file here.',
  'object-not-found': objectNotFound,
  'code-not-loaded': 'The uploader could not be loaded. Check your connection and reload the page.',
  'browser-too-old': 'This browser is too old to upload files. Update it, or use another browser.',
  cancelled: 'The upload was cancelled.',
  other: wrong,
  unexpected: wrong,
} as const satisfies Record<LocalErrorCode | ErrorCode | 'other', string> & Record<string, string>

const brokenDownload =
  'Downloads do not work on this page at the moment. Please tell the people who run it.'
const tooOld = 'This download is no longer offered here. Reload the page and try again.'

/** What users read about a download that did not begin. */
export const downloadErrorMessages = {
  network: lostConnection,
  'request-timeout': lostConnection,
  'code-not-loaded': lostConnection,
  'endpoint-unreachable': noAnswer,
  'internal-error': noAnswer,
  'storage-error': noAnswer,
  'rate-limited': busy,
  misconfigured: brokenDownload,
  'endpoint-answer': brokenDownload,
  'origin-not-allowed': brokenDownload,
  'storage-refused': brokenDownload,
  'invalid-request': brokenDownload,
  'request-too-large': brokenDownload,
  'unsupported-media-type': brokenDownload,
  'method-not-allowed': brokenDownload,
  'unsupported-operation': brokenDownload,
  unauthorized: signIn,
  forbidden: 'You are not allowed to download this file. Ask the people who run this page.',
  'expired-token': tooOld,
  'invalid-token': tooOld,
  'object-not-found': objectNotFound,
  other: wrong,
} as const satisfies Readonly<Partial<Record<keyof typeof errorMessages, string>>>

/** What stands before the code in the name of a text for a download that did not begin. */
export const downloadErrorPrefix = 'error:download-'
