import {
  type CORSRule,
  DeleteBucketCorsCommand,
  GetBucketCorsCommand,
  PutBucketCorsCommand,
} from '@aws-sdk/client-s3'
import { expect } from 'vitest'
import { conformanceRow } from './conformance-row.js'
import { refusal } from './multipart-upload.js'
import { formRequest } from './post-form.js'
import type { S3UnderTest } from './s3-under-test.js'

const origin = 'https://app.example.com'
const rules: CORSRule[] = [
  {
    AllowedOrigins: [origin],
    AllowedMethods: ['GET', 'PUT', 'POST'],
    AllowedHeaders: ['content-type', 'x-amz-*'],
    ExposeHeaders: ['ETag', 'x-amz-request-id'],
    MaxAgeSeconds: 3600,
  },
  { AllowedOrigins: ['https://*.example.org'], AllowedMethods: ['GET'] },
]

export const cors = conformanceRow('CORS', (check) => {
  check('answers a preflight that a rule allows', async (s3) => {
    const response = await preflight(s3, { method: 'PUT', headers: 'Content-Type, X-Amz-Meta-A' })

    expect(response.status).toBe(200)
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': expect.stringContaining('PUT'),
      'access-control-allow-headers': expect.stringMatching(/content-type, ?x-amz-meta-a/i),
      'access-control-max-age': '3600',
    })
  })

  check('tells caches what a preflight depends on', async (s3) => {
    const { headers } = await preflight(s3, { method: 'PUT' })

    expect(headers.vary).toBe(
      'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    )
  })

  check('answers a preflight of a presigned URL', async (s3) => {
    const request = await s3.presigned({ method: 'PUT', url: s3.url(s3.newKey()) })
    const response = await preflight(s3, { method: 'PUT', url: request.url })

    expect(response.status).toBe(200)
  })

  check('lets one star in an origin stand for any text', async (s3) => {
    const allowed = await preflight(s3, { method: 'GET', origin: 'https://a.b.example.org' })
    const refused = await preflight(s3, { method: 'GET', origin: 'https://example.org' })

    expect([allowed.status, refused.status]).toEqual([200, 403])
  })

  for (const [what, question] of [
    ['another origin', { method: 'PUT', origin: 'https://evil.example.com' }],
    ['another method', { method: 'DELETE' }],
    ['another header', { method: 'PUT', headers: 'content-type, x-custom' }],
    ['the method of another rule', { method: 'PUT', origin: 'https://a.example.org' }],
  ] as const) {
    check(`refuses a preflight for ${what}`, async (s3) => {
      const response = await preflight(s3, question)

      expect(response.outcome).toBe('403 AccessForbidden')
      expect(response.headers['access-control-allow-origin']).toBeUndefined()
    })
  }

  check('refuses every preflight where there are no rules', async (s3) => {
    const bucket = await s3.createBucket()
    const url = `${s3.target.url}/${bucket}`
    const headers = { origin, 'access-control-request-method': 'GET' }
    const response = await s3.send({ method: 'OPTIONS', url, headers })

    expect(response.outcome).toBe('403 AccessForbidden')
  })

  for (const [what, send] of [
    ['PUT', (s3: S3UnderTest) => sendFrom(s3, 'PUT', s3.newKey(), 'hello')],
    ['GET', async (s3: S3UnderTest) => sendFrom(s3, 'GET', await s3.put('hello'))],
    ['GET of nothing', (s3: S3UnderTest) => sendFrom(s3, 'GET', s3.newKey())],
  ] as const) {
    check(`lets the page read the answer to ${what}`, async (s3) => {
      await putRules(s3)
      const { headers } = await send(s3)

      expect(headers['access-control-allow-origin']).toBe(origin)
      expect(headers['access-control-expose-headers']).toMatch(/^etag, ?x-amz-request-id$/i)
    })
  }

  check('lets the page read the answer to a form, and its refusal', async (s3) => {
    await putRules(s3)
    const fields = s3.signForm({ key: s3.newKey() })
    const form = (content: Record<string, string>) => {
      const request = formRequest(s3.bucketUrl, content, { content: 'hello' })
      return s3.send({ ...request, headers: { ...request.headers, origin } })
    }
    const accepted = await form(fields)
    const refused = await form({ ...fields, 'x-amz-signature': '0'.repeat(64) })

    expect([accepted.status, refused.status]).toEqual([204, 403])
    expect(accepted.headers['access-control-allow-origin']).toBe(origin)
    expect(refused.headers['access-control-allow-origin']).toBe(origin)
  })

  check('lets the page read the refusal of a signature', async (s3) => {
    await putRules(s3)
    const date = new Date(Date.now() - 120_000)
    const request = { method: 'PUT', url: s3.url(s3.newKey()), body: 'hello' }
    const { url } = await s3.presigned(request, { date, expiresInSeconds: 60 })
    const response = await s3.send({ ...request, url, headers: { origin } })

    expect(response.outcome).toBe('403 AccessDenied')
    expect(response.headers['access-control-allow-origin']).toBe(origin)
  })

  check('says nothing to a page that no rule names', async (s3) => {
    await putRules(s3)
    const key = await s3.put('hello')
    const headers = { origin: 'https://evil.example.com' }
    const response = await s3.sendSigned({ method: 'GET', url: s3.url(key), headers })

    expect(response.status).toBe(200)
    expect(response.headers['access-control-allow-origin']).toBeUndefined()
  })

  check('returns and removes the rules of a bucket', async (s3) => {
    const Bucket = await s3.createBucket()
    await s3.sdk.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: rules } }))
    const { CORSRules } = await s3.sdk.send(new GetBucketCorsCommand({ Bucket }))
    await s3.sdk.send(new DeleteBucketCorsCommand({ Bucket }))
    const afterwards = await refusal(s3.sdk.send(new GetBucketCorsCommand({ Bucket })))

    expect(CORSRules).toHaveLength(2)
    expect(CORSRules?.[0]).toMatchObject({ AllowedOrigins: [origin], MaxAgeSeconds: 3600 })
    expect(afterwards).toBe('404 NoSuchCORSConfiguration')
  })

  check('refuses rules with a method that does not exist', async (s3) => {
    const Bucket = await s3.createBucket()
    const CORSRules = [{ AllowedOrigins: ['*'], AllowedMethods: ['PATCH'] }]
    const command = new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } })

    expect(await refusal(s3.sdk.send(command))).toBe('400 InvalidRequest')
  })
})

async function putRules(s3: S3UnderTest): Promise<void> {
  const CORSConfiguration = { CORSRules: rules }
  await s3.sdk.send(new PutBucketCorsCommand({ Bucket: s3.bucket, CORSConfiguration }))
}

async function preflight(
  s3: S3UnderTest,
  question: { method: string; headers?: string; origin?: string; url?: string },
) {
  await putRules(s3)
  const headers: Record<string, string> = {
    origin: question.origin ?? origin,
    'access-control-request-method': question.method,
  }
  if (question.headers) headers['access-control-request-headers'] = question.headers
  return s3.send({ method: 'OPTIONS', url: question.url ?? s3.url('key'), headers })
}

/** Sends a request as a page of `origin` would. */
async function sendFrom(s3: S3UnderTest, method: string, key: string, body?: string) {
  const request = await s3.presigned({ method, url: s3.url(key), body })
  return s3.send({ ...request, headers: { origin } })
}
