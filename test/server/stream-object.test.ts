import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { objectUrl } from '../../src/s3/endpoint.js'
import { presignUrl } from '../../src/sigv4/presign-url.js'
import { repositoryPath } from '../support/repository-path.js'
import { createTestBucket, type TestBucket } from '../support/test-bucket.js'

// The recipe of docs/downloads.md for downloads through the app, run as it is written there.

let bucket: TestBucket
let streamObject: (key: string, request: Request) => Promise<Response>

beforeAll(async () => {
  bucket = await createTestBucket('https://app.example.com')
  const { name, endpoint, region, credentials } = bucket
  vi.stubEnv('S3_BUCKET', name)
  vi.stubEnv('AWS_REGION', region)
  vi.stubEnv('AWS_ENDPOINT_URL_S3', endpoint)
  vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey)
  vi.stubEnv('S3_UPLOAD_SECRET', 'a secret of the tests that is long enough')
  streamObject = (await import('./stream-object.js')).streamObject

  const url = objectUrl({ bucket: name, endpoint, region }, 'digits.txt')
  const request = { method: 'PUT', url, expiresInSeconds: 60 }
  await fetch(presignUrl(request, { credentials, region }), {
    method: 'PUT',
    body: '0123456789',
  })
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await bucket.close()
})

const get = (headers: Record<string, string> = {}) =>
  streamObject('digits.txt', new Request('https://app.example.com/digits', { headers }))

it('streams an object, whole or in pieces', async () => {
  const whole = await get()
  const piece = await get({ range: 'bytes=2-4' })

  expect([whole.status, await whole.text()]).toEqual([200, '0123456789'])
  expect(whole.headers.get('content-disposition')).toBe('attachment')
  expect([piece.status, piece.headers.get('content-range'), await piece.text()]).toEqual([
    206,
    'bytes 2-4/10',
    '234',
  ])
})

it('is what the documentation shows', async () => {
  const [guide, recipe] = await Promise.all(
    ['docs/downloads.md', 'test/server/stream-object.ts'].map((path) =>
      readFile(repositoryPath(path), 'utf8'),
    ),
  )

  expect(guide).toContain(recipe)
})
