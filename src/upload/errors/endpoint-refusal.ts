import { errorCodes, isErrorCode } from '../../protocol/error-response.js'
import type { Refused } from '../../protocol/operations.js'
import { isInAppWords } from './app-words.js'
import { EndpointError } from './upload-error.js'

/** The endpoint's refusal of one item of a batch, as an error. */
export function toEndpointError({ error }: Refused): EndpointError {
  const status = isErrorCode(error.code) ? errorCodes[error.code].status : 0
  return new EndpointError(error.message, {
    ...error,
    status,
    concerns: 'file',
    isRefusal: true,
    isInAppWords: isInAppWords(error),
  })
}
