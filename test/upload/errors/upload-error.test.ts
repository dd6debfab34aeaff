import { describe, expect, it, vi } from 'vitest'
import * as ours from '../../../src/upload/errors/upload-error.js'

const { isUploadError, toUploadError } = ours
type Errors = typeof ours

async function anotherCopy(): Promise<Errors> {
  vi.resetModules()
  return await import('../../../src/upload/errors/upload-error.js')
}

function errorsOf(copy: Errors): readonly ours.UploadError[] {
  return [
    new copy.UploadError('No.', { code: 'unexpected', retryable: true }),
    new copy.EndpointError('No.', { code: 'unauthorized', retryable: false, status: 401 }),
    new copy.StorageError('No.', { code: 'storage-denied', retryable: false, status: 403 }),
    new copy.NetworkError('No.', { code: 'network' }),
    new copy.FileError('No.', { code: 'file-missing' }),
    new copy.CancelledError(),
  ]
}

const foreign = Object.assign(new Error('x'), {
  name: 'EndpointError',
  code: 'ECONNRESET',
  retryable: true,
})

describe('the guard of upload errors', () => {
  it('knows each of our errors, also of another copy of this package', async () => {
    const copy = await anotherCopy()

    expect(copy.UploadError).not.toBe(ours.UploadError)
    for (const errors of [ours, copy].map(errorsOf)) {
      expect(errors.map(isUploadError)).toEqual(errors.map(() => true))
      expect(errors.slice(1).map(nameOf)).toEqual(errors.slice(1).map(({ name }) => name))
    }
  })

  it.each([
    ["an SDK's error with a code", foreign],
    ['a thing that looks like ours', { ...foreign, message: 'x', name: 'UploadError' }],
    ['text', 'UploadError'],
    ['nothing', undefined],
  ])('does not know %s', (_, error) => {
    expect([isUploadError, ...Object.values(guards)].some((guard) => guard(error))).toBe(false)
  })

  it('leaves the cause in what is made of another error', () => {
    expect(toUploadError(foreign)).toMatchObject({ code: 'unexpected', cause: foreign })
  })
})

it('shows nothing of the mark where an error is logged or compared', () => {
  const [error] = errorsOf(ours)

  expect(Object.keys(error ?? {})).toEqual(['name', 'code', 'retryable'])
  expect(JSON.stringify(error)).not.toContain('s3-direct-upload')
})

const guards = {
  EndpointError: ours.isEndpointError,
  StorageError: ours.isStorageError,
  NetworkError: ours.isNetworkError,
  FileError: ours.isFileError,
  CancelledError: ours.isCancelledError,
}

function nameOf(error: ours.UploadError): string | undefined {
  return Object.entries(guards).find(([, isIt]) => isIt(error))?.[0]
}
