import { HeadObjectCommand } from '@aws-sdk/client-s3'
import { expect } from 'vitest'
import { conformanceRow } from './conformance-row.js'

const past = 'Sun, 01 Jan 2012 00:00:00 GMT'
const future = () => new Date(Date.now() + 86_400_000).toUTCString()

export const getAndHead = conformanceRow('GET and HEAD', (check) => {
  for (const [range, content, contentRange] of [
    ['bytes=1-3', 'ell', 'bytes 1-3/5'],
    ['bytes=-2', 'lo', 'bytes 3-4/5'],
    ['bytes=-99', 'hello', 'bytes 0-4/5'],
    ['bytes=3-', 'lo', 'bytes 3-4/5'],
    ['bytes=2-99', 'llo', 'bytes 2-4/5'],
  ] as const) {
    check(`serves the range ${range}`, async (s3) => {
      const response = await s3.get(await s3.put('hello'), { range })

      expect(response.status).toBe(206)
      expect(response.text).toBe(content)
      expect(response.headers['content-range']).toBe(contentRange)
    })
  }

  for (const range of ['bytes=5-', 'bytes=9-12']) {
    check(`refuses the range ${range} of five bytes`, async (s3) => {
      const response = await s3.get(await s3.put('hello'), { range })

      expect(response.outcome).toBe('416 InvalidRange')
    })
  }

  for (const [condition, isMatch, outcome] of [
    ['if-match', true, '200'],
    ['if-match', false, '412 PreconditionFailed'],
    ['if-none-match', true, '304'],
    ['if-none-match', false, '200'],
  ] as const) {
    check(
      `answers ${outcome} to ${condition} with ${isMatch ? 'its' : 'another'} ETag`,
      async (s3) => {
        const etag = isMatch ? '"5d41402abc4b2a76b9719d911017c592"' : '"other"'
        const response = await s3.get(await s3.put('hello'), { [condition]: etag })

        expect(response.outcome).toBe(outcome)
      },
    )
  }

  for (const [condition, date, outcome] of [
    ['if-modified-since', () => past, '200'],
    ['if-modified-since', future, '304'],
    ['if-unmodified-since', () => past, '412 PreconditionFailed'],
    ['if-unmodified-since', future, '200'],
  ] as const) {
    const when = date === future ? 'a date after' : 'a date before'
    check(`answers ${outcome} to ${condition} with ${when} its change`, async (s3) => {
      const response = await s3.get(await s3.put('hello'), { [condition]: date() })

      expect(response.outcome).toBe(outcome)
    })
  }

  check('serves with the headers that a signed query asks for', async (s3) => {
    const key = await s3.put('hello', { 'content-type': 'text/plain' })
    const query =
      '?response-content-disposition=attachment%3B%20filename%3D%22a.txt%22&response-content-type=text%2Fx'
    const response = await s3.sendPresigned({ method: 'GET', url: s3.url(key, query) })

    expect(response.headers['content-disposition']).toBe('attachment; filename="a.txt"')
    expect(response.headers['content-type']).toBe('text/x')
  })

  check('refuses such a query without a signature', async (s3) => {
    const key = await s3.put('hello')
    const url = s3.url(key, '?response-content-type=text%2Fhtml')
    const response = await s3.send({ method: 'GET', url })

    expect(response.status).toBeGreaterThanOrEqual(400)
  })

  check('answers HEAD with the headers of GET and no body', async (s3) => {
    const key = await s3.put('hello', { 'content-type': 'image/png', 'x-amz-meta-color': 'red' })
    const response = await s3.sendSigned({ method: 'HEAD', url: s3.url(key) })

    expect(response.headers).toMatchObject({
      'content-length': '5',
      'content-type': 'image/png',
      etag: '"5d41402abc4b2a76b9719d911017c592"',
      'x-amz-meta-color': 'red',
    })
    expect(response.body).toHaveLength(0)
  })

  check('answers HEAD for a missing object with 404 and no body', async (s3) => {
    const response = await s3.sendSigned({ method: 'HEAD', url: s3.url(s3.newKey()) })

    expect([response.status, response.body.length]).toEqual([404, 0])
  })

  check('tells the checksum only when it is asked for', async (s3) => {
    const sha256 = 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='
    const Key = await s3.put('hello', {
      'x-amz-checksum-sha256': sha256,
      'x-amz-sdk-checksum-algorithm': 'SHA256',
    })
    const asked = new HeadObjectCommand({ Bucket: s3.bucket, Key, ChecksumMode: 'ENABLED' })

    expect((await s3.sdk.send(asked)).ChecksumSHA256).toBe(sha256)
    expect((await s3.head(Key)).ChecksumSHA256).toBeUndefined()
  })
})
