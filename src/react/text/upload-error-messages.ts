import { busy, lostConnection, objectNotFound, signIn, silentServer } from './error-sentences.js'

const brokenPage =
  'Uploads do not work on this page at the moment. Please tell the people who run it.'
const rejected =
  'The storage did not accept the file. Try again, or tell the people who run this page.'
const interrupted = 'The upload was interrupted. Try again.'
const tooLate = 'The upload was interrupted for too long. Try again.'
const damaged = 'The file arrived damaged. Try again.'

/** What users read about the errors of an upload. */
export const uploadErrorMessages = {
  network: lostConnection,
  unreachable: lostConnection,
  stalled: lostConnection,
  'request-timeout': lostConnection,
  'endpoint-unreachable': silentServer,
  'internal-error': silentServer,
  'storage-error': silentServer,
  'completion-failed': silentServer,
  'completion-pending': silentServer,
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
  'file-package': 'This is a bundle of several files. Compress it to a ZIP file and choose that.',
  'file-refused': 'This file cannot be used here. Choose another one.',
  'file-not-answering':
    'The drive or network folder of the file does not answer. Connect it again to go on.',
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
  cancelled: 'The upload was cancelled.',
} as const
