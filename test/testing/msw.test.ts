import { setupServer } from 'msw/node'
import { s3Handlers } from 's3-direct-upload/testing/msw'
import { expect, it } from 'vitest'
import { endpoint, keysOf, presigned, testS3 } from './s3/faults/faulty-s3.js'

it('gives a lost answer as a network error through MSW', async () => {
  const { s3 } = testS3()
  s3.fault({ effect: { kind: 'lose-answer' } })
  const handler = async () => new Response()
  const server = setupServer(...s3Handlers({ s3, s3Url: endpoint, handler, endpoint: '/api/s3' }))
  server.listen()
  try {
    const { url } = await presigned('PUT', 'a')

    await expect(fetch(url, { method: 'PUT', body: 'hello' })).rejects.toThrow(TypeError)
    expect(await keysOf(s3)).toEqual(['a'])
  } finally {
    server.close()
  }
})
