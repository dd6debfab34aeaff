import type { ErrorCode } from '../../protocol/error-response.js'
import type { LocalErrorCode } from '../../upload/errors/upload-error.js'
import { firstErrorMessages } from './first-error-messages.js'
import { uploadErrorMessages } from './upload-error-messages.js'

/**
 * What users read about an error, by its code: what they can do. Its own message is for developers.
 *
 * `other` is for codes that are not here. The first code of a sentence is its name: a pack has the text for all of them under
 * `error:` and this name.
 */
export const errorMessages = {
  ...uploadErrorMessages,
  ...firstErrorMessages,
} as const satisfies Record<LocalErrorCode | ErrorCode | 'other', string> & Record<string, string>
