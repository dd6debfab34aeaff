import { describe, expect, it } from 'vitest'
import { codeNotLoaded } from '../../../src/upload/errors/code-not-loaded.js'
import { isUndecided, mayPass, wasTriedAgain } from '../../../src/upload/errors/error-kinds.js'
import {
  EndpointError,
  NetworkError,
  toUploadError,
} from '../../../src/upload/errors/upload-error.js'

describe('what the engine tries again', () => {
  it('is what may pass by itself', () => {
    expect(mayPass(new NetworkError('', { code: 'network' }))).toBe(true)
    expect(mayPass(new NetworkError('', { code: 'blocked-by-policy' }))).toBe(false)
  })

  it('is not what nobody foresaw, although the user may press Retry', () => {
    const error = toUploadError(new TypeError('x is not a function'))

    expect(error.retryable).toBe(true)
    expect(mayPass(error)).toBe(false)
    expect(isUndecided(error)).toBe(false)
  })

  it('is code that could not be loaded, but not by the file that waited for it', () => {
    const error = codeNotLoaded('sends large files', undefined)

    expect(mayPass(error)).toBe(true)
    expect(wasTriedAgain(error)).toBe(true)
    expect(wasTriedAgain(new NetworkError('', { code: 'network' }))).toBe(false)
  })

  it('is a question to the endpoint that it has not answered', () => {
    const facts = { code: 'endpoint-answer', status: 200, retryable: false }

    expect(isUndecided(new EndpointError('', facts))).toBe(true)
    expect(mayPass(new EndpointError('', facts))).toBe(false)
  })
})
