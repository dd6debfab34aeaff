import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../../src/protocol/error-response.js'
import { errorMessages } from '../../../src/react/text/error-messages.js'
import { createExplain } from '../../../src/react/text/messages.js'
import {
  EndpointError,
  type LocalErrorCode,
  UploadError,
} from '../../../src/upload/errors/upload-error.js'

/** Names of options, headers and techniques, which only developers know. */
const developerWords =
  /allowedOrigins|connect-src|Content-Security-Policy|endpoint|handler|protocol|CORS|JSON|status|token|bucket|`/i

/** What users may read as it is: such errors have a message for people. */
const inWordsForPeople: ReadonlySet<string> = new Set([
  'browser-too-old',
  'file-unreadable',
  'file-missing',
  'file-not-answering',
  'upload-elsewhere',
  'remote-file',
  'cancelled',
  'forbidden',
  'file-type-not-accepted',
  'too-many-files',
  'quota-exceeded',
  'object-not-found',
  'upload-exists',
  'rate-limited',
])

const localCodes: Record<LocalErrorCode, true> = {
  network: true,
  stalled: true,
  unreachable: true,
  cors: true,
  'blocked-by-policy': true,
  'file-unreadable': true,
  'file-missing': true,
  'file-not-answering': true,
  'upload-elsewhere': true,
  'remote-file': true,
  'endpoint-unreachable': true,
  'endpoint-answer': true,
  'completion-pending': true,
  'code-not-loaded': true,
  'file-too-large': true,
  'file-too-small': true,
  'storage-denied': true,
  'signature-expired': true,
  'signature-wrong': true,
  'storage-key-unknown': true,
  'bucket-missing': true,
  'checksum-mismatch': true,
  'upload-gone': true,
  'upload-cut-off': true,
  'storage-busy': true,
  'storage-slow': true,
  'storage-clock': true,
  'method-not-offered': true,
  'storage-rejected': true,
  'browser-too-old': true,
  cancelled: true,
  unexpected: true,
}

describe('the words of an error for users', () => {
  it.each([...new Set([...Object.keys(localCodes), ...Object.keys(errorCodes)])])(
    'are there for %s, or its message is in such words',
    (code) => {
      expect(Object.hasOwn(errorMessages, code)).toBe(!inWordsForPeople.has(code))
    },
  )

  it.each(Object.entries(errorMessages))('for %s are none of a developer', (_code, sentence) => {
    expect(sentence).not.toMatch(developerWords)
    expect(sentence).toMatch(/^[A-Z].*\.$/)
  })

  it('stand in place of the message for developers', () => {
    const message = 'The bucket’s CORS rules lack this page’s origin.'
    const error = new UploadError(message, { code: 'cors', retryable: false })

    expect(createExplain(undefined)(error)).toMatch(/tell the people who run this page/)
    expect(error.message).toBe(message)
  })

  it('are those of the locale where it has some', () => {
    const explain = createExplain({ strings: { 'error:cors': 'Heute nicht.' } })

    expect(explain({ code: 'cors', message: 'CORS' })).toBe('Heute nicht.')
  })

  it('of an answer that is not the endpoint’s ask to sign in', () => {
    const error = new EndpointError('The signing endpoint answered with status 419.', {
      code: 'unauthorized',
      status: 419,
      retryable: false,
    })

    expect(createExplain(undefined)(error)).toBe('Please sign in again, then try again.')
  })
})

describe('the words of an app', () => {
  it.each([
    'unauthorized',
    'forbidden',
    'quota-exceeded',
    'rate-limited',
    'file-too-large',
    'a-code-of-its-own',
  ])('that refuses with %s reach its users', (code) => {
    const error = new EndpointError('Your trial is over.', {
      code,
      status: 403,
      retryable: false,
      isRefusal: true,
    })

    expect(createExplain(undefined)(error)).toBe('Your trial is over.')
  })
})
