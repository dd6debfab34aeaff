import { expect } from 'vitest'
import { conformanceRow } from './conformance-row.js'

export const headerSignature = conformanceRow('header SigV4', (check) => {
  check('accepts a body with its hash', async (s3) => {
    const key = await s3.put('hello')

    expect(await s3.stored(key)).toBe('hello')
  })

  check('accepts UNSIGNED-PAYLOAD', async (s3) => {
    const key = s3.newKey()
    const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
    const response = await s3.sendSigned({
      method: 'PUT',
      url: s3.url(key),
      headers,
      body: 'hello',
    })

    expect(response.outcome).toBe('200')
    expect(await s3.stored(key)).toBe('hello')
  })

  check('covers the query of a request', async (s3) => {
    const request = await s3.signed({ method: 'GET', url: `${s3.bucketUrl}?list-type=2&prefix=a` })
    const response = await s3.send({ ...request, url: `${s3.bucketUrl}?list-type=2&prefix=b` })

    expect(response.outcome).toBe('403 SignatureDoesNotMatch')
  })

  check('refuses a signature made with a wrong secret', async (s3) => {
    const credentials = { ...s3.target.credentials, secretAccessKey: 'wrong' }
    const response = await s3.sendSigned({ method: 'GET', url: s3.url('key') }, { credentials })

    expect(response.outcome).toBe('403 SignatureDoesNotMatch')
  })

  check('refuses an access key it does not know', async (s3) => {
    const credentials = { ...s3.target.credentials, accessKeyId: 'AKIAUNKNOWN000000001' }
    const response = await s3.sendSigned({ method: 'GET', url: s3.url('key') }, { credentials })

    expect(response.outcome).toBe('403 InvalidAccessKeyId')
  })

  check('refuses a request without a signature', async (s3) => {
    const key = await s3.put('hello')
    const response = await s3.send({ method: 'GET', url: s3.url(key) })

    expect(response.outcome).toBe('403 AccessDenied')
  })

  for (const minutes of [-16, 16]) {
    check(
      `refuses a signature made ${Math.abs(minutes)} minutes ${minutes < 0 ? 'ago' : 'ahead'}`,
      async (s3) => {
        const date = new Date(Date.now() + minutes * 60_000)
        const response = await s3.sendSigned({ method: 'GET', url: s3.url('key') }, { date })

        expect(response.outcome).toBe('403 RequestTimeTooSkewed')
      },
    )
  }

  check('accepts a signature made 14 minutes ago', async (s3) => {
    const key = await s3.put('hello')
    const date = new Date(Date.now() - 14 * 60_000)
    const response = await s3.sendSigned({ method: 'GET', url: s3.url(key) }, { date })

    expect(response.outcome).toBe('200')
  })

  check('refuses a body that is not the one that was hashed', async (s3) => {
    const key = s3.newKey()
    const request = await s3.signed({ method: 'PUT', url: s3.url(key), body: 'hello' })
    const response = await s3.send({ ...request, body: 'hallo' })

    expect(await s3.stored(key)).toBeUndefined()
    expect(response.outcome).toBe('400 XAmzContentSHA256Mismatch')
  })

  check('refuses an x-amz header that is not signed', async (s3) => {
    const key = s3.newKey()
    const request = await s3.signed({ method: 'PUT', url: s3.url(key), body: 'hello' })
    const headers = { ...request.headers, 'x-amz-meta-color': 'red' }
    const response = await s3.send({ ...request, headers })

    expect(await s3.stored(key)).toBeUndefined()
    expect(response.outcome).toBe('403 AccessDenied')
  })

  check('refuses the signature of another region', async (s3) => {
    const { url, headers } = await s3.signed({ method: 'GET', url: s3.url('key') })
    const authorization = headers?.authorization?.replace(s3.target.region, 'mars-north-1') ?? ''
    const response = await s3.send({ method: 'GET', url, headers: { ...headers, authorization } })

    expect(response.outcome).toBe('400 AuthorizationHeaderMalformed')
  })

  check('refuses an Authorization header of another kind', async (s3) => {
    const headers = { authorization: 'Bearer token' }
    const response = await s3.send({ method: 'GET', url: s3.url('key'), headers })

    expect(response.outcome).toBe('400 InvalidArgument')
  })
})
