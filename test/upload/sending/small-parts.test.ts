import { describe, expect, it } from 'vitest'
import { minPartBytes } from '../../../src/s3/limits.js'
import { toStorageError } from '../../../src/upload/errors/storage-refusal.js'
import {
  EndpointError,
  NetworkError,
  type UploadError,
} from '../../../src/upload/errors/upload-error.js'
import { SmallParts } from '../../../src/upload/sending/small-parts.js'
import { s3Refusal } from '../../support/scripted-endpoint.js'

const large = { size: minPartBytes }
const noAnswer = new NetworkError('No answer.', { code: 'network' })
const busy = toStorageError(s3Refusal(503, 'SlowDown'))
const failed = (error: UploadError, sentBytes = 0) => ({ error, sentBytes, durationMs: 0 })

function endpointError({ retryable }: { readonly retryable: boolean }) {
  return new EndpointError('No.', { code: 'storage-refused', status: 502, retryable })
}

describe('a file whose request broke', () => {
  it('asks for small parts, once', () => {
    const smallParts = new SmallParts()

    expect(smallParts.noteFailure(failed(noAnswer, 1), large)).toBe(true)
    expect(smallParts.noteFailure(failed(noAnswer, 1), large)).toBe(false)
    expect([smallParts.areWanted, smallParts.areUnneeded]).toEqual([true, false])
  })

  it('does not when it is no larger than one', () => {
    const smallParts = new SmallParts()

    expect(smallParts.noteFailure(failed(noAnswer, 1), { size: minPartBytes - 1 })).toBe(false)
    expect(smallParts.areUnneeded).toBe(true)
  })
})

it('a busy storage has to refuse a file twice before it asks for small parts', () => {
  const smallParts = new SmallParts()

  const asked = [1, 2].map(() => smallParts.noteFailure(failed(busy), large))

  expect(asked).toEqual([false, true])
})

describe('a server that refuses while small parts are wanted', () => {
  it('refuses them, for good', () => {
    const smallParts = new SmallParts()
    smallParts.want()

    expect(smallParts.noteRefusal(endpointError({ retryable: false }))).toBe(true)
    expect(smallParts.noteFailure(failed(noAnswer, 1), large)).toBe(false)
    expect([smallParts.areWanted, smallParts.areUnneeded]).toEqual([false, false])
  })

  it('does not when it may answer otherwise later', () => {
    const smallParts = new SmallParts()
    smallParts.want()

    expect(smallParts.noteRefusal(endpointError({ retryable: true }))).toBe(false)
    expect(smallParts.areWanted).toBe(true)
  })
})

it('a file for which there is no room now asks again at its next break', () => {
  const smallParts = new SmallParts()
  smallParts.want()
  const full = new EndpointError('Full.', { code: 'quota-exceeded', status: 403, retryable: false })

  expect(smallParts.noteRefusal(full)).toBe(true)
  expect(smallParts.noteFailure(failed(noAnswer, 1), large)).toBe(true)
})

it('an upload that S3 has lost is no refusal of small parts', () => {
  const smallParts = new SmallParts()
  smallParts.want()
  const gone = new EndpointError('Gone.', { code: 'upload-gone', status: 200, retryable: false })

  expect(smallParts.noteRefusal(gone)).toBe(false)
  expect(smallParts.areWanted).toBe(true)
})

it('a refusal of a file that never asked for small parts is none of them', () => {
  expect(new SmallParts().noteRefusal(endpointError({ retryable: false }))).toBe(false)
})
