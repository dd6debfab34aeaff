import { isErrorCode, type ProtocolError } from '../../protocol/error-response.js'

/** What a message begins with that this package has written, on either side of the wire. */
const developersMark = 's3-direct-upload: '

/**
 * Whether users may read the message of a refusal as it is: the app has written it, in a `SigningError` or as the reason for
 * a full quota. A code that the protocol does not have comes from elsewhere.
 */
export function isInAppWords({ code, message }: Pick<ProtocolError, 'code' | 'message'>): boolean {
  return isErrorCode(code) && message !== '' && !message.startsWith(developersMark)
}

/** Marks a message as one for developers, where it goes on as that of a refusal. */
export function forDevelopers(message: string): string {
  return message.startsWith(developersMark) ? message : `${developersMark}${message}`
}
