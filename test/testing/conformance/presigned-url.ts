import { expect } from 'vitest'
import { conformanceRow } from './conformance-row.js'
import type { S3UnderTest } from './s3-under-test.js'

const put = (s3: S3UnderTest, key: string, headers = {}) =>
  ({ method: 'PUT', url: s3.url(key), headers, body: 'hello' }) as const

export const presignedUrl = conformanceRow('presigned', (check) => {
  check('accepts a presigned GET', async (s3) => {
    const key = await s3.put('hello')
    const response = await s3.sendPresigned({ method: 'GET', url: s3.url(key) })

    expect(response.text).toBe('hello')
  })

  check('accepts a presigned PUT, again and again', async (s3) => {
    const key = s3.newKey()
    const request = await s3.presigned(put(s3, key))
    const outcomes = [(await s3.send(request)).outcome, (await s3.send(request)).outcome]

    expect(outcomes).toEqual(['200', '200'])
    expect(await s3.stored(key)).toBe('hello')
  })

  check('ignores x-id', async (s3) => {
    const key = s3.newKey()
    const response = await s3.sendPresigned({
      ...put(s3, key),
      url: s3.url(key, '?x-id=PutObject'),
    })

    expect(response.outcome).toBe('200')
  })

  check('accepts a life of seven days', async (s3) => {
    const key = await s3.put('hello')
    const options = { expiresInSeconds: 604_800 }
    const response = await s3.sendPresigned({ method: 'GET', url: s3.url(key) }, options)

    expect(response.outcome).toBe('200')
  })

  for (const expiresInSeconds of [0, -1, 604_801, 'soon']) {
    check(`refuses a life of ${expiresInSeconds} seconds`, async (s3) => {
      const key = await s3.put('hello')
      const request = { method: 'GET', url: s3.url(key) }
      const response = await s3.sendPresigned(request, { expiresInSeconds })

      expect(response.outcome).toBe('400 AuthorizationQueryParametersError')
    })
  }

  check('refuses a URL that has expired', async (s3) => {
    const key = s3.newKey()
    const date = new Date(Date.now() - 120_000)
    const response = await s3.sendPresigned(put(s3, key), { date, expiresInSeconds: 60 })

    expect(await s3.stored(key)).toBeUndefined()
    expect(response.outcome).toBe('403 AccessDenied')
    expect(response.text).toContain('Request has expired')
  })

  check('refuses a URL that is not valid yet', async (s3) => {
    const date = new Date(Date.now() + 3_600_000)
    const response = await s3.sendPresigned({ method: 'GET', url: s3.url('key') }, { date })

    expect(response.outcome).toBe('403 AccessDenied')
    expect(response.text).toContain('Request is not valid yet')
  })

  for (const parameter of ['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders']) {
    check(`refuses a URL without X-Amz-${parameter}`, async (s3) => {
      const request = await s3.presigned({ method: 'GET', url: s3.url('key') })
      const url = request.url.replace(new RegExp(`X-Amz-${parameter}=[^&]*&?`), '')
      const response = await s3.send({ ...request, url })

      expect(response.outcome).toBe('400 AuthorizationQueryParametersError')
    })
  }

  check('refuses another method', async (s3) => {
    const key = await s3.put('hello')
    const request = await s3.presigned({ method: 'GET', url: s3.url(key) })
    const response = await s3.send({ ...request, method: 'DELETE' })

    expect(response.outcome).toBe('403 SignatureDoesNotMatch')
    expect(await s3.stored(key)).toBe('hello')
  })

  check('refuses another key', async (s3) => {
    const key = s3.newKey()
    const request = await s3.presigned(put(s3, key))
    const response = await s3.send({ ...request, url: request.url.replace('/object', '/subject') })

    expect(response.outcome).toBe('403 SignatureDoesNotMatch')
  })

  for (const [name, signed, sent] of [
    ['content-length', '4', '5'],
    ['content-type', 'image/png', 'text/html'],
    ['x-amz-meta-color', 'red', 'blue'],
    [
      'x-amz-checksum-sha256',
      'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
      'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=',
    ],
    ['if-none-match', '*', 'abc'],
  ] as const) {
    check(`holds the request to its signed ${name}`, async (s3) => {
      const key = s3.newKey()
      const request = await s3.presigned(put(s3, key, { [name]: signed }))
      const response = await s3.send({ ...request, headers: { [name]: sent } })

      expect(await s3.stored(key)).toBeUndefined()
      expect(response.outcome).toBe('403 SignatureDoesNotMatch')
    })
  }

  check('refuses a request without a signed header', async (s3) => {
    const key = s3.newKey()
    const request = await s3.presigned(put(s3, key, { 'content-type': 'image/png' }))
    const response = await s3.send({ ...request, headers: {} })

    expect(response.outcome).toBe('403 SignatureDoesNotMatch')
  })

  check('accepts signed content-length and content-type', async (s3) => {
    const key = s3.newKey()
    const headers = { 'content-length': '5', 'content-type': 'image/png' }
    const response = await s3.sendPresigned(put(s3, key, headers))

    expect(response.outcome).toBe('200')
    expect((await s3.head(key)).ContentType).toBe('image/png')
  })

  check('takes x-amz-meta in the query for the header', async (s3) => {
    const key = s3.newKey()
    const url = s3.url(key, '?x-amz-meta-color=red')
    const response = await s3.sendPresigned({ method: 'PUT', url, body: 'hello' })

    expect(response.outcome).toBe('200')
    expect((await s3.head(key)).Metadata).toEqual({ color: 'red' })
  })

  check('takes x-amz-checksum in the query for the header', async (s3) => {
    const key = s3.newKey()
    const query = '?x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-sdk-checksum-algorithm=CRC32'
    const response = await s3.sendPresigned({
      method: 'PUT',
      url: s3.url(key, query),
      body: 'hello',
    })

    expect(await s3.stored(key)).toBeUndefined()
    expect(response.outcome).toBe('400 BadDigest')
  })

  check('refuses an x-amz header that is not signed', async (s3) => {
    const key = s3.newKey()
    const request = await s3.presigned(put(s3, key))
    const headers = { 'x-amz-meta-color': 'red' }
    const response = await s3.send({ ...request, headers })

    expect(await s3.stored(key)).toBeUndefined()
    expect(response.outcome).toBe('403 AccessDenied')
    expect(response.text).toContain('headers present in the request which were not signed')
  })

  check('refuses a signed x-amz-content-sha256 that is no hash', async (s3) => {
    const headers = { 'x-amz-content-sha256': 'none' }
    const response = await s3.sendPresigned(put(s3, s3.newKey(), headers))

    expect(response.outcome).toBe('400 InvalidArgument')
  })

  check('holds the body to a signed x-amz-content-sha256', async (s3) => {
    const key = s3.newKey()
    const headers = { 'x-amz-content-sha256': '0'.repeat(64) }
    const response = await s3.sendPresigned(put(s3, key, headers))

    expect(await s3.stored(key)).toBeUndefined()
    expect(response.outcome).toBe('400 XAmzContentSHA256Mismatch')
  })

  check('accepts a Content-Type that is not signed', async (s3) => {
    const key = s3.newKey()
    const request = await s3.presigned(put(s3, key))
    const response = await s3.send({ ...request, headers: { 'content-type': 'text/plain' } })

    expect(response.outcome).toBe('200')
  })

  check('refuses header and query signature at once', async (s3) => {
    const signed = await s3.signed({ method: 'GET', url: s3.url('key') })
    const { url } = await s3.presigned({ method: 'GET', url: s3.url('key') })
    const response = await s3.send({ ...signed, url })

    expect(response.outcome).toBe('400 InvalidArgument')
  })
})
