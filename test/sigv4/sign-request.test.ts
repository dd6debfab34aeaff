import { AwsV4Signer } from 'aws4fetch'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { signRequest } from '../../src/sigv4/sign-request.js'
import { amzDate } from '../../src/sigv4/signing-time.js'
import { uriEncodePath } from '../../src/sigv4/uri-encode.js'
import {
  credentials,
  exampleKey,
  fixedRuns,
  headers,
  objectKeys,
  queries,
  times,
} from './generated-requests.js'
import { signedRequests as vectors } from './vectors.js'

const url = 'https://examplebucket.s3.amazonaws.com/test.txt'
const context = { credentials: exampleKey, region: vectors.region, now: new Date(vectors.date) }

test.each(vectors.requests)('signs $name as AWS documents it', (request) => {
  const headers = Object.fromEntries(request.headers)

  const { authorization } = signRequest({ ...request, headers }, context)

  expect(authorization).toMatch(new RegExp(`Signature=${request.signature}$`))
})

test('returns every header to send in lower case, without host', () => {
  const signed = signRequest({ method: 'GET', url, headers: { Range: 'bytes=0-9' } }, context)

  expect(signed).toEqual({
    range: 'bytes=0-9',
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-amz-date': '20130524T000000Z',
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/20130524\/us-east-1\/s3\/aws4_request, SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, Signature=[0-9a-f]{64}$/,
    ),
  })
})

test('sends and signs the session token', () => {
  const temporary = { ...exampleKey, sessionToken: 'TOKEN/+=' }

  const signed = signRequest({ method: 'GET', url }, { ...context, credentials: temporary })

  expect(signed['x-amz-security-token']).toBe('TOKEN/+=')
  expect(signed.authorization).toContain('x-amz-security-token,')
})

test('takes host from the URL and authorization from nobody', () => {
  const given = { Host: 'elsewhere', Authorization: 'Basic eA==' }

  const withGiven = signRequest({ method: 'GET', url, headers: given }, context)

  expect(withGiven).toEqual(signRequest({ method: 'GET', url }, context))
})

test('signs with the current time when none is given', () => {
  const before = amzDate(new Date())

  const signed = signRequest({ method: 'GET', url }, { ...context, now: undefined })

  const after = amzDate(new Date())
  expect([before, after]).toContain(signed['x-amz-date'])
})

test('refuses a URL that is none', () => {
  expect(() => signRequest({ method: 'GET', url: '/test.txt' }, context)).toThrow(TypeError)
})

describe('compared with aws4fetch', () => {
  test('gives the same authorization', async () => {
    const methods = fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD')
    const property = fc.asyncProperty(
      fc.record({
        method: methods,
        key: objectKeys,
        query: queries,
        headers,
        credentials,
        now: times,
      }),
      async ({ method, key, query, headers, credentials, now }) => {
        const url = `http://localhost:9000/bucket/${uriEncodePath(key)}?${query}`
        const theirs = await new AwsV4Signer({
          method,
          url,
          headers,
          ...credentials,
          region: 'eu-west-1',
          service: 's3',
          datetime: amzDate(now),
          allHeaders: true,
        }).sign()

        const ours = signRequest(
          { method, url, headers },
          { credentials, region: 'eu-west-1', now },
        )

        expect(ours.authorization).toBe(theirs.headers.get('authorization'))
      },
    )

    await fc.assert(property, fixedRuns)
  })
})
