import { PutObjectCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { AwsV4Signer } from 'aws4fetch'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { objectUrl } from '../../src/s3/endpoint.js'
import { presignUrl } from '../../src/sigv4/presign-url.js'
import { amzDate } from '../../src/sigv4/signing-time.js'
import { uriEncodePath } from '../../src/sigv4/uri-encode.js'
import {
  awkwardText,
  credentials,
  exampleKey,
  fixedRuns,
  headers,
  headerValues,
  objectKeys,
  queries,
  times,
} from './generated-requests.js'
import { presignedUrls as vectors } from './vectors.js'

const { documentation, sdk, region } = vectors
const url = documentation.url
const context = { credentials: exampleKey, region, now: new Date(documentation.date) }

test('signs the URL that AWS documents', () => {
  const { method, expiresInSeconds } = documentation

  const signed = presignUrl({ method, url, expiresInSeconds }, context)

  const query = documentation.canonicalRequest.split('\n')[2]
  expect(signed).toBe(`${url}?${query}&X-Amz-Signature=${documentation.signature}`)
})

test.each(sdk.requests)('signs $name as the AWS SDK does', (request) => {
  const { sessionToken, signature, signedHeaders, method, url, headers } = request
  const credentials = { ...exampleKey, ...(sessionToken ? { sessionToken } : {}) }
  const now = new Date(sdk.date)

  const signed = presignUrl(
    { method, url, headers: Object.fromEntries(headers), expiresInSeconds: sdk.expiresInSeconds },
    { credentials, region, now },
  )

  const query = new URL(signed).searchParams
  expect(query.get('X-Amz-SignedHeaders')).toBe(signedHeaders)
  expect(query.get('X-Amz-Signature')).toBe(signature)
})

test('adds only the parameters of a signature', () => {
  const credentials = { ...exampleKey, sessionToken: 'TOKEN/+=' }

  const signed = presignUrl(
    { method: 'PUT', url: `${url}?partNumber=1#part`, expiresInSeconds: 60 },
    { ...context, credentials },
  )

  expect([...new URL(signed).searchParams.keys()]).toEqual([
    'X-Amz-Algorithm',
    'X-Amz-Credential',
    'X-Amz-Date',
    'X-Amz-Expires',
    'X-Amz-Security-Token',
    'X-Amz-SignedHeaders',
    'partNumber',
    'X-Amz-Signature',
  ])
})

test.each([1, 604_800])('accepts a life of %d seconds', (expiresInSeconds) => {
  const signed = presignUrl({ method: 'GET', url, expiresInSeconds }, context)

  expect(signed).toContain(`X-Amz-Expires=${expiresInSeconds}&`)
})

test.each([0, -1, 604_801, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
  'refuses a life of %d seconds',
  (expiresInSeconds) => {
    const signing = () => presignUrl({ method: 'GET', url, expiresInSeconds }, context)

    expect(signing).toThrow(RangeError)
    expect(signing).toThrow(`expiresInSeconds is ${expiresInSeconds}`)
  },
)

test('gives the same as aws4fetch', async () => {
  const property = fc.asyncProperty(
    fc.record({ key: objectKeys, query: queries, headers, credentials, now: times }),
    async ({ key, query, headers, credentials, now }) => {
      const url = `https://bucket.s3.eu-west-1.amazonaws.com/${uriEncodePath(key)}?${query}`
      const theirs = await new AwsV4Signer({
        method: 'PUT',
        headers,
        ...credentials,
        region: 'eu-west-1',
        service: 's3',
        datetime: amzDate(now),
        signQuery: true,
        allHeaders: true,
        url: `${url}&X-Amz-Expires=300`,
      }).sign()

      const ours = presignUrl(
        { method: 'PUT', url, headers, expiresInSeconds: 300 },
        { credentials, region: 'eu-west-1', now },
      )

      expect(parameters(ours)).toEqual(parameters(theirs.url))
    },
  )

  await fc.assert(property, fixedRuns)
})

describe('compared with the AWS SDK', () => {
  const location = { bucket: 'bucket', region: 'eu-west-1' }
  const ownParameters =
    /^X-Amz-(Algorithm|Credential|Date|Expires|Security-Token|SignedHeaders|Signature)$/

  /** Signs the SDK's URL anew, with whatever else the SDK has put into its query. */
  function presignLike(theirs: string, request: Omit<Parameters<typeof presignUrl>[0], 'url'>) {
    const url = new URL(theirs)
    for (const name of [...url.searchParams.keys()]) {
      if (ownParameters.test(name)) url.searchParams.delete(name)
    }
    return { ...request, url }
  }

  function clientFor(credentials: typeof exampleKey) {
    return new S3Client({
      region: location.region,
      credentials,
      requestChecksumCalculation: 'WHEN_REQUIRED',
    })
  }

  test('gives the same URL for a PUT with headers', async () => {
    const property = fc.asyncProperty(
      fc.record({
        key: objectKeys,
        type: headerValues,
        name: headerValues,
        credentials,
        now: times,
      }),
      async ({ key, type, name, credentials, now }) => {
        const command = new PutObjectCommand({
          Bucket: location.bucket,
          Key: key,
          ContentType: type,
          ContentLength: 1234,
          Metadata: { name },
        })
        const theirs = await getSignedUrl(clientFor(credentials), command, {
          expiresIn: 900,
          signingDate: now,
          signableHeaders: new Set(['host', 'content-type', 'content-length']),
          unhoistableHeaders: new Set(['x-amz-meta-name']),
        })
        const headers = {
          'content-type': type,
          'content-length': '1234',
          'x-amz-meta-name': name,
        }

        const ours = presignUrl(
          presignLike(theirs, { method: 'PUT', headers, expiresInSeconds: 900 }),
          { credentials, region: location.region, now },
        )

        expect(parameters(ours)).toEqual(parameters(theirs))
        expect(new URL(ours).pathname).toBe(objectUrl(location, key).pathname)
      },
    )

    await fc.assert(property, fixedRuns)
  })

  test('gives the same URL for a part', async () => {
    const property = fc.asyncProperty(
      fc.record({ key: objectKeys, uploadId: awkwardText, credentials, now: times }),
      async ({ key, uploadId, credentials, now }) => {
        const command = new UploadPartCommand({
          Bucket: location.bucket,
          Key: key,
          UploadId: uploadId,
          PartNumber: 7,
        })
        const theirs = await getSignedUrl(clientFor(credentials), command, { signingDate: now })
        const request = { method: 'PUT', expiresInSeconds: 900 }

        const ours = presignUrl(presignLike(theirs, request), {
          credentials,
          region: location.region,
          now,
        })

        expect(parameters(ours)).toEqual(parameters(theirs))
      },
    )

    await fc.assert(property, fixedRuns)
  })
})

/** Everything of a URL but the order of its parameters. */
function parameters(url: string | URL) {
  const { origin, pathname, searchParams } = new URL(url)
  return { origin, path: decodeURIComponent(pathname), query: [...searchParams].sort() }
}
