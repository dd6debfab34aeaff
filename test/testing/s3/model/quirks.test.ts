import type { TestS3Profile } from 's3-direct-upload/testing'
import { describe, expect, it } from 'vitest'
import { presigned, signedForm, testS3 } from '../presigned-s3.js'

describe('profiles', () => {
  it('rgw20 refuses a Content-Type that is not signed', async () => {
    const request = await presigned('PUT', 'photos/a')
    const send = (profile: TestS3Profile) =>
      testS3({ profile }).fetch(new Request(request.url, { method: 'PUT', body: 'a' }))

    expect([(await send('rgw20')).status, (await send('aws')).status]).toEqual([403, 200])
  })

  it('requireSignedContentType does so in any profile', async () => {
    const request = await presigned('PUT', 'photos/a')
    const s3 = testS3({ requireSignedContentType: true })
    const response = await s3.fetch(new Request(request.url, { method: 'PUT', body: 'a' }))

    expect(await response.text()).toContain('<HeadersNotSigned>content-type</HeadersNotSigned>')
  })

  it('r2 has no form posts', async () => {
    const response = await testS3({ profile: 'r2' }).fetch(signedForm())

    expect(response.status).toBe(501)
  })

  it('r2 has no object tags', async () => {
    const headers = { 'x-amz-tagging': 'a=b' }
    const request = await presigned('PUT', 'photos/a', { headers, body: 'a' })
    const response = await testS3({ profile: 'r2' }).fetch(request)

    expect(response.status).toBe(501)
  })

  it('rgw16 posts forms without an ETag in the answer', async () => {
    const response = await testS3({ profile: 'rgw16' }).fetch(signedForm())

    expect([response.status, response.headers.get('etag')]).toEqual([204, null])
  })

  it('rgw hides the refusal of a signature from scripts', async () => {
    const cors = [{ allowedOrigins: ['*'], allowedMethods: ['GET'] }]
    const allowed = async (profile: TestS3Profile) => {
      const response = await testS3({ profile, cors }).fetch(
        await presigned('GET', 'photos/a', { datetime: '20200101T000000Z' }),
        { origin: 'https://app.test' },
      )
      return response.headers.get('access-control-allow-origin')
    }

    expect([await allowed('aws'), await allowed('rgw16'), await allowed('rgw20')]).toEqual([
      '*',
      null,
      null,
    ])
  })
})
