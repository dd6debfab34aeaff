import { expect, it } from 'vitest'
import { NetworkError, StorageError } from '../../../src/upload/errors/upload-error.js'
import { explainNetworkError } from '../../../src/upload/transfer/explain-network-error.js'

const lost = new NetworkError('No answer.', {
  code: 'network',
  url: 'https://b.test/a?X-Amz-Signature=s',
})

const silent = { hasAnswered: false }

it('a storage that cannot be reached is named as such, without the signature', async () => {
  const error = await explainNetworkError(lost, async () => false, silent)

  expect(error).toMatchObject({ code: 'unreachable', retryable: true })
  expect(error.message).toContain('b.test cannot be reached')
  expect(error.message).not.toContain('Signature')
})

it('a storage that answers what the page may not read points to the CORS rules', async () => {
  const asked: string[] = []

  const error = await explainNetworkError(
    lost,
    async (origin) => {
      asked.push(origin)
      return true
    },
    silent,
  )

  expect(error).toMatchObject({ code: 'cors', message: expect.stringContaining('CORS rules') })
  expect(asked).toEqual(['https://b.test'])
})

it('a storage of which the page’s own policy hides whether it answers points to the CORS rules, too', async () => {
  const error = await explainNetworkError(lost, async () => undefined, silent)

  expect(error).toMatchObject({
    code: 'cors',
    message: expect.stringMatching(/Cross-Origin-Embedder-Policy.*CORS rules/),
  })
})

it.each([
  new StorageError('Refused.', { code: 'storage-denied', status: 403, retryable: false }),
  new NetworkError('Stopped.', { code: 'stalled', url: 'https://b.test/' }),
  new NetworkError('Lost.', { code: 'network' }),
])('any other failure stays as it is', async (failure) => {
  expect(await explainNetworkError(failure, () => Promise.reject(new Error('asked')), silent)).toBe(
    failure,
  )
})

it('a line that breaks is none of the CORS rules’, once the storage has let the page send anything', async () => {
  const error = await explainNetworkError(lost, async () => true, { hasAnswered: true })

  expect(error).toMatchObject({ code: 'network', retryable: true })
  expect(error.message).toContain('breaks off')
  expect(error.message).not.toContain('CORS')
})
