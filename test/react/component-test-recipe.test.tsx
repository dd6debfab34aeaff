/** The recipe of docs/testing.md. */

import { configure, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { setupServer } from 'msw/node'
import { S3Uploader } from 's3-direct-upload'
import { createSigningHandler } from 's3-direct-upload/server'
import { createTestS3, createTestTransport } from 's3-direct-upload/testing'
import { s3Handlers } from 's3-direct-upload/testing/msw'
import { afterAll, beforeAll, expect, test } from 'vitest'

// A busy machine is no failure.
configure({ asyncUtilTimeout: 10_000 })

const endpoint = 'http://localhost:3000/api/s3'
const s3Url = 'https://s3.test'
const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }
const s3 = createTestS3({ buckets: ['photos'], credentials })
const handler = createSigningHandler({
  bucket: 'photos',
  region: 'us-east-1',
  endpoint: s3Url,
  credentials,
  fetch: s3.fetch,
  secret: 'a secret of at least 32 characters, for tests',
  authorize: async () => ({ owner: 'anna' }),
})
const server = setupServer(...s3Handlers({ s3, s3Url, handler, endpoint }))

beforeAll(() => server.listen())
afterAll(() => server.close())

test('a chosen file is in the bucket when the page says so', async () => {
  const transport = createTestTransport(s3)
  const { container } = render(<S3Uploader endpoint={endpoint} transport={transport} />)

  const input = container.querySelector('input[type="file"]') as HTMLInputElement
  await userEvent.upload(input, new File(['hello'], 'hello.txt', { type: 'text/plain' }))
  // It is shown, and spoken as well.
  await screen.findByText('File uploaded', { ignore: '[role="status"] *' })

  const [object] = await s3.objects('photos')
  expect(await new Response(await object?.body()).text()).toBe('hello')
})
