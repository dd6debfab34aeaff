import { createTestS3, type TestS3Profile, type TestS3RequestEvent } from 's3-direct-upload/testing'
import { describe, expect, it } from 'vitest'
import { createTestS3On } from '../../../src/testing/s3/create-test-s3.js'
import { VirtualClock } from '../../support/virtual-clock.js'
import { credentials, endpoint, presigned, testS3 } from './presigned-s3.js'

describe('createTestS3', () => {
  it('answers requests without a server', async () => {
    const s3 = testS3()
    const put = await s3.fetch(await presigned('PUT', 'photos/a b.txt', { body: 'hello' }))
    const get = await s3.fetch(await presigned('GET', 'photos/a b.txt'))

    expect(put.status).toBe(200)
    expect(await get.text()).toBe('hello')
  })

  it('lists what is stored, with a reader for the bytes', async () => {
    const s3 = testS3({ now: () => new Date('2026-01-02T03:04:05Z') })
    await s3.fetch(
      await presigned('PUT', 'photos/b', {
        headers: { 'content-type': 'image/png', 'x-amz-meta-color': 'red' },
        body: 'hello',
        datetime: '20260102T030405Z',
      }),
    )
    const [object] = await s3.objects('photos')

    expect(object).toMatchObject({
      key: 'b',
      size: 5,
      etag: '5d41402abc4b2a76b9719d911017c592',
      contentType: 'image/png',
      metadata: { color: 'red' },
      lastModified: new Date('2026-01-02T03:04:05Z'),
    })
    expect(await new Response(await object?.body()).text()).toBe('hello')
  })

  it('deletes with If-Match only that object', async () => {
    const s3 = testS3()
    await s3.fetch(await presigned('PUT', 'photos/a', { body: 'hello' }))
    const remove = async (etag: string) =>
      s3.fetch(await presigned('DELETE', 'photos/a', { headers: { 'if-match': etag } }))

    expect((await remove('"other"')).status).toBe(412)
    expect(await s3.objects('photos')).toHaveLength(1)
    expect((await remove('"5d41402abc4b2a76b9719d911017c592"')).status).toBe(204)
    expect(await s3.objects('photos')).toEqual([])
  })

  it('shows nothing of a body until all of it is there', async () => {
    const s3 = testS3()
    const request = await presigned('PUT', 'photos/a')
    let rest: ReadableStreamDefaultController | undefined
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('hel'))
        rest = controller
      },
    })
    const init = { method: 'PUT', body, duplex: 'half' }
    const answer = s3.fetch(new Request(request.url, init), { contentLength: 5 })
    await new Promise((resolve) => setTimeout(resolve))
    const before = await s3.objects('photos')
    rest?.enqueue(new TextEncoder().encode('lo'))
    rest?.close()
    const { status } = await answer

    expect(before).toEqual([])
    expect([status, (await s3.objects('photos')).length]).toEqual([200, 1])
  })

  it('stores nothing of a body that is shorter than announced', async () => {
    const s3 = testS3()
    const request = await presigned('PUT', 'photos/a', { body: 'hello' })
    const response = await s3.fetch(request, { contentLength: 6 })

    expect(await response.text()).toContain('<Code>IncompleteBody</Code>')
    expect(await s3.objects('photos')).toEqual([])
  })

  it('finds out a length that the browser hides', async () => {
    const s3 = testS3()
    const signed = await presigned('PUT', 'photos/a', { headers: { 'content-length': '5' } })
    const send = (body: string) =>
      s3.fetch(new Request(signed.url, { method: 'PUT', body: new Blob([body]) }))

    expect((await send('hello!')).status).toBe(403)
    expect((await send('hello')).status).toBe(200)
  })

  it('takes its time from the clock it is given', async () => {
    const s3 = testS3({ now: () => new Date(Date.now() + 3_600_000) })
    const response = await s3.fetch(await presigned('GET', 'photos/a', { expires: 60 }))

    expect(await response.text()).toContain('Request has expired')
  })

  it('takes the Origin from whoever saw the request', async () => {
    const rule = { allowedOrigins: ['https://app.test'], allowedMethods: ['GET'] }
    const s3 = testS3({ cors: [rule] })
    const response = await s3.fetch(await presigned('GET', 'photos/a'), {
      origin: 'https://app.test',
    })

    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.test')
  })

  it('reports each request to an observer', async () => {
    const events: TestS3RequestEvent[] = []
    const s3 = testS3({ onRequest: (event) => events.push(event) })
    await s3.fetch(await presigned('PUT', 'photos/a', { body: 'hello' }))
    await s3.fetch(new Request(`${endpoint}/photos/a`), { origin: 'https://app.test' })
    await s3.fetch(new Request(`${endpoint}/photos?unheard-of`, { method: 'DELETE' }))

    expect(events).toMatchObject([
      { operation: 'PutObject', method: 'PUT', bucket: 'photos', key: 'a', status: 200 },
      {
        operation: 'GetObject',
        status: 403,
        errorCode: 'AccessDenied',
        origin: 'https://app.test',
      },
      { operation: undefined, status: 501, errorCode: 'NotImplemented' },
    ])
  })

  it('forgets everything on reset but its buckets', async () => {
    const s3 = testS3()
    await s3.fetch(await presigned('PUT', 'photos/a', { body: 'hello' }))
    await s3.fetch(await presigned('PUT', 'another-bucket'))
    await s3.reset()

    expect(await s3.objects('photos')).toEqual([])
    await expect(s3.objects('another-bucket')).rejects.toThrow('has no bucket "another-bucket"')
  })

  it('accepts several access keys', async () => {
    const other = { accessKeyId: 'AKIAOTHER', secretAccessKey: 'other' }
    const s3 = testS3({ credentials: [other, credentials] })

    expect((await s3.fetch(await presigned('PUT', 'photos/a', { body: 'a' }))).status).toBe(200)
  })

  it('lowers the limits for fast tests', async () => {
    const s3 = testS3({ maxPutBytes: 4 })
    const response = await s3.fetch(await presigned('PUT', 'photos/a', { body: 'hello' }))

    expect(await response.text()).toContain('<MaxSizeAllowed>4</MaxSizeAllowed>')
  })

  for (const [header, value, code] of [
    ['x-amz-acl', 'public-read', 'AccessControlListNotSupported'],
    ['x-amz-website-redirect-location', '/b', 'NotImplemented'],
    ['x-amz-storage-class', 'OUTPOSTS', 'NotImplemented'],
    ['x-amz-server-side-encryption', 'aws:fsx', 'NotImplemented'],
  ] as const) {
    it(`refuses ${header}: ${value}, which it cannot honour`, async () => {
      const s3 = testS3()
      const request = await presigned('PUT', 'photos/a', {
        headers: { [header]: value },
        body: 'a',
      })
      const response = await s3.fetch(request)

      expect(await response.text()).toContain(`<Code>${code}</Code>`)
      expect(await s3.objects('photos')).toEqual([])
    })
  }

  it('names every problem of its options at once', () => {
    const options = {
      buckets: ['Photos'],
      credentials: [],
      cors: [{ allowedOrigins: ['https://*.*'], allowedMethods: ['GET'] }],
      profile: 'minio' as TestS3Profile,
    }

    expect(() => createTestS3(options)).toThrow(
      /"Photos".*more than one wildcard.*credentials.*profile: "minio"/,
    )
  })

  it('turns what its storage throws into InternalError', async () => {
    const events: TestS3RequestEvent[] = []
    const failure = new Error('disk full')
    const s3 = testS3({
      onRequest: (event) => events.push(event),
      storage: { ...failingStorage, writeBody: () => Promise.reject(failure) },
    })
    const response = await s3.fetch(await presigned('PUT', 'photos/a', { body: 'hello' }))

    expect(response.status).toBe(500)
    expect(events[0]?.error?.cause).toBe(failure)
  })

  it('tells its own time in every answer', async () => {
    const now = () => new Date('2026-03-01T12:00:00Z')
    const s3 = createTestS3({ buckets: ['photos'], credentials, now })
    const response = await s3.fetch(new Request('http://localhost/photos'))

    expect(response.headers.get('date')).toBe('Sun, 01 Mar 2026 12:00:00 GMT')
  })

  it('has the time and the chance of the Runtime it is made on', async () => {
    const { runtime } = new VirtualClock(Date.UTC(2026, 2, 1, 12))
    const randomBytes = (length: number) => new Uint8Array(length).fill(0xab)
    const s3 = createTestS3On({ ...runtime, randomBytes }, { buckets: ['photos'], credentials })
    const { headers } = await s3.fetch(new Request('http://localhost/photos'))

    expect(headers.get('date')).toBe('Sun, 01 Mar 2026 12:00:00 GMT')
    expect(headers.get('x-amz-request-id')).toBe('AB'.repeat(8))
  })

  it('knows a bucket in the host name, unless it knows it in the path alone', async () => {
    const preflight = () =>
      new Request('http://photos.localhost/key', {
        method: 'OPTIONS',
        headers: { origin: 'https://app.example.com', 'access-control-request-method': 'PUT' },
      })
    const cors = [{ allowedOrigins: ['*'], allowedMethods: ['PUT'] }]
    const options = { buckets: ['photos'], credentials, cors }
    const any = await createTestS3(options).fetch(preflight())
    const path = await createTestS3({ ...options, addressing: 'path' }).fetch(preflight())

    expect([any.status, path.status]).toEqual([200, 403])
  })
})

const failingStorage = {
  load: async () => ({ buckets: [] }),
  saveBucket: async () => {},
  removeBucket: async () => {},
  publishObject: async () => {},
  saveObject: async () => {},
  openObject: () => Promise.reject(new Error('not used')),
  removeObject: async () => {},
  saveUpload: async () => {},
  publishPart: async () => {},
  joinParts: () => Promise.reject(new Error('not used')),
  removeUpload: async () => {},
}
