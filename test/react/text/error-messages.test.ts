import { describe, expect, it } from 'vitest'
import { type ErrorCode, errorCodes } from '../../../src/protocol/error-response.js'
import { downloadErrorMessages } from '../../../src/react/text/download-error-messages.js'
import { errorMessages } from '../../../src/react/text/error-messages.js'
import { createExplain } from '../../../src/react/text/explain.js'
import { SigningError } from '../../../src/server/errors/signing-error.js'
import { toEndpointError } from '../../../src/upload/errors/endpoint-refusal.js'
import { EndpointError, UploadError } from '../../../src/upload/errors/upload-error.js'

// The keys of the table are the codes.
const wireCodes = Object.keys(errorCodes) as ErrorCode[]
const explainUpload = createExplain(undefined, errorMessages)
const explainDownload = createExplain(undefined, downloadErrorMessages)

/** What the endpoint answers about one file. */
function refusalOf(code: string, message: string): EndpointError {
  return toEndpointError({ error: { code, message, retryable: false } })
}

describe('the sentence of an error for users', () => {
  it.each(wireCodes)('is there for %s', (code) => {
    expect(Object.hasOwn(errorMessages, code)).toBe(true)
  })

  it.each([...new Set([...Object.values(errorMessages), ...Object.values(downloadErrorMessages)])])(
    'is one or two plain sentences: %s',
    (sentence) => {
      expect(sentence).toMatch(/^(?:[A-Z][^.!?]*\. ?){1,2}$/)
    },
  )

  it('stands in place of the message for developers', () => {
    const message = 'The bucket’s CORS rules lack this page’s origin.'
    const error = new UploadError(message, { code: 'cors', retryable: false })

    expect(explainUpload(error)).toBe(errorMessages.cors)
    expect(error.message).toBe(message)
  })

  it('is that of the locale where it has one', () => {
    const explain = createExplain({ strings: { 'error:cors': 'Heute nicht.' } }, errorMessages)

    expect(explain({ code: 'cors', message: 'CORS' })).toBe('Heute nicht.')
  })

  it.each(['a-code-of-tomorrow', 'constructor', '__proto__', ''])(
    'is a general one for the code %j',
    (code) => {
      const explain = createExplain({ strings: { 'error:other': 'Oje.' } }, errorMessages)

      expect(explainUpload(refusalOf(code, 'Traceback'))).toBe('Something went wrong. Try again.')
      expect(explain(refusalOf(code, 'Traceback'))).toBe('Oje.')
    },
  )

  it('of an answer that is not the endpoint’s asks to sign in', () => {
    const error = new EndpointError('The signing endpoint answered with status 419.', {
      code: 'unauthorized',
      status: 419,
      retryable: false,
    })

    expect(explainUpload(error)).toBe('Please sign in again, then try again.')
  })

  it('speaks of the download where one did not begin', () => {
    const error = refusalOf('forbidden', 's3-direct-upload: the caller may not download this file.')

    expect(explainDownload(error)).toMatch(/^You are not allowed to download this file\./)
    expect(explainDownload({ code: 'cors', message: '' })).toBe(errorMessages.other)
  })
})

describe('the words of an app', () => {
  it.each(wireCodes)('that refuses with %s reach its users, whatever the locale has', (code) => {
    const { message } = new SigningError(code, 'Your trial is over.')
    const strings = { [`error:${code}`]: 'Nein.' }

    expect(explainUpload(refusalOf(code, message))).toBe('Your trial is over.')
    expect(createExplain({ strings }, errorMessages)(refusalOf(code, message))).toBe(message)
    expect(explainDownload(refusalOf(code, message))).toBe('Your trial is over.')
  })

  it.each([...wireCodes, 'endpoint-answer'])('are not those of this package with %s', (code) => {
    const error = refusalOf(code, 's3-direct-upload: look into the log of the server.')

    expect(explainUpload(error)).toBe(explainUpload({ code, message: '' }))
  })

  it('have some: without any, the sentence of the code is shown', () => {
    expect(explainUpload(refusalOf('forbidden', ''))).toBe(errorMessages.forbidden)
  })
})
