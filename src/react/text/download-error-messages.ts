import type { errorMessages } from './error-messages.js'
import { busy, lostConnection, objectNotFound, signIn, silentServer } from './error-sentences.js'
import { wrong } from './first-error-messages.js'

const brokenDownload =
  'Downloads do not work on this page at the moment. Please tell the people who run it.'
const tooOld = 'This download is no longer offered here. Reload the page and try again.'

/** What users read about a download that did not begin. */
export const downloadErrorMessages = {
  network: lostConnection,
  'request-timeout': lostConnection,
  'code-not-loaded': lostConnection,
  'endpoint-unreachable': silentServer,
  'internal-error': silentServer,
  'storage-error': silentServer,
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
