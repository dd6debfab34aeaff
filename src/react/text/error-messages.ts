const lostConnection = 'The connection was lost. Check your internet connection and try again.'
const noAnswer = 'The server did not answer. Try again in a few minutes.'
const brokenPage = 'This does not work at the moment. Please tell the people who run this page.'
const busy = 'The server is busy. Try again in a few minutes.'
const interrupted = 'The upload was interrupted. Try again.'
const damaged = 'The file arrived damaged. Try again.'
const tooLate = 'The upload was interrupted for too long. Try again.'

/**
 * What users can do about an error, by its code: its own message is for developers.
 *
 * A code that is not here has a message for people.
 */
export const errorMessages: Readonly<Record<string, string>> = {
  network: lostConnection,
  unreachable: lostConnection,
  stalled: lostConnection,
  'request-timeout': lostConnection,
  'endpoint-unreachable':
    'The server cannot be reached. Check your internet connection and try again.',
  'internal-error': noAnswer,
  'storage-error': noAnswer,
  'completion-failed': noAnswer,
  'completion-pending': noAnswer,
  'endpoint-answer':
    'The server did not answer as it should. Try again in a few minutes, or tell the people who run this page.',
  cors: brokenPage,
  'blocked-by-policy': brokenPage,
  'origin-not-allowed': brokenPage,
  'storage-refused': brokenPage,
  misconfigured: brokenPage,
  'invalid-request': brokenPage,
  'request-too-large': brokenPage,
  'unsupported-media-type': brokenPage,
  'method-not-allowed': brokenPage,
  'unsupported-operation': brokenPage,
  'storage-busy': busy,
  'storage-slow': busy,
  'storage-denied': brokenPage,
  'signature-wrong': brokenPage,
  'storage-key-unknown': brokenPage,
  'bucket-missing': brokenPage,
  'storage-clock': brokenPage,
  'method-not-offered': brokenPage,
  'storage-rejected':
    'The storage did not accept the file. Try again, or tell the people who run this page.',
  'signature-expired': interrupted,
  'upload-cut-off': interrupted,
  'file-too-large': 'The file is too large. Choose a smaller one.',
  'file-too-small': 'The file is too small. Choose another one.',
  'code-not-loaded':
    'A part of this page could not be loaded. Check your internet connection and try again, or reload the page.',
  unauthorized: 'Please sign in again, then try again.',
  'size-mismatch': damaged,
  'checksum-mismatch': damaged,
  'type-mismatch': 'The content of the file does not fit its type. Choose another file.',
  'upload-gone': tooLate,
  'upload-not-found': tooLate,
  'parts-missing': tooLate,
  'invalid-token': tooLate,
  'expired-token': tooLate,
  unexpected: 'Something went wrong. Try again.',
}
