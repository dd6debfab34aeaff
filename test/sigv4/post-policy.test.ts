import { S3Client } from '@aws-sdk/client-s3'
import { createPresignedPost } from '@aws-sdk/s3-presigned-post'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { fromBase64, toBase64 } from '../../src/sigv4/crypto.js'
import { type PostPolicy, signPolicyText, signPostPolicy } from '../../src/sigv4/post-policy.js'
import { signingKey } from '../../src/sigv4/signing-key.js'
import {
  awkwardText,
  credentials,
  exampleKey,
  fixedRuns,
  objectKeys,
  times,
} from './generated-requests.js'
import { postPolicies as vectors } from './vectors.js'

interface PolicyDocument {
  readonly expiration: string
  readonly conditions: readonly (Record<string, string> | readonly unknown[])[]
}

const region = vectors.region
const now = new Date(vectors.date)
const context = { credentials: exampleKey, region, now }
const policy: PostPolicy = {
  bucket: 'sigv4examplebucket',
  key: 'user/user1/photo.jpg',
  fields: { 'Content-Type': 'image/jpeg', success_action_status: '201' },
  contentLengthRange: [1, 5_000_000],
  expiresInSeconds: 600,
}

test.each(vectors.policies)('signs: $name', ({ policy, base64Policy, signature }) => {
  const { secretAccessKey } = exampleKey
  const key = signingKey({ secretAccessKey, date: now, region })

  expect(toBase64(policy)).toBe(base64Policy)
  expect(signPolicyText(base64Policy, key)).toBe(signature)
})

test('returns the fields in the order of the form', () => {
  const fields = signPostPolicy(policy, context)

  expect(Object.entries(fields).slice(0, -2)).toEqual([
    ['key', 'user/user1/photo.jpg'],
    ['Content-Type', 'image/jpeg'],
    ['success_action_status', '201'],
    ['x-amz-algorithm', 'AWS4-HMAC-SHA256'],
    ['x-amz-credential', 'AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request'],
    ['x-amz-date', '20151229T000000Z'],
  ])
  expect(Object.keys(fields).slice(-2)).toEqual(['policy', 'x-amz-signature'])
})

test('limits bucket, size and time', () => {
  const { expiration, conditions } = readPolicy(signPostPolicy(policy, context))

  expect(expiration).toBe('2015-12-29T00:10:00.000Z')
  expect(conditions).toContainEqual({ bucket: 'sigv4examplebucket' })
  expect(conditions).toContainEqual(['content-length-range', 1, 5_000_000])
})

test('has an exact condition for every field that needs one', () => {
  const temporary = { ...exampleKey, sessionToken: 'TOKEN/+=' }

  const fields = signPostPolicy(policy, { ...context, credentials: temporary })

  const { conditions } = readPolicy(fields)
  const { policy: _, 'x-amz-signature': __, ...covered } = fields
  for (const [name, value] of Object.entries(covered))
    expect(conditions).toContainEqual({ [name]: value })
  expect(covered['x-amz-security-token']).toBe('TOKEN/+=')
})

describe('refuses', () => {
  test.each([0, 604_801, 0.5])('a life of %d seconds', (expiresInSeconds) => {
    const signing = () => signPostPolicy({ ...policy, expiresInSeconds }, context)

    expect(signing).toThrow(RangeError)
  })

  test.each([[[2, 1]], [[-1, 1]], [[0, 1.5]], [[Number.NaN, 1]]] as const)(
    'the size range %j',
    ([minBytes, maxBytes]) => {
      const signing = () =>
        signPostPolicy({ ...policy, contentLengthRange: [minBytes, maxBytes] }, context)

      expect(signing).toThrow(RangeError)
    },
  )

  test.each(['policy', 'KEY', 'bucket', 'file', 'X-Amz-Signature', 'x-amz-security-token'])(
    'the field %s, which is its own',
    (name) => {
      const signing = () => signPostPolicy({ ...policy, fields: { [name]: 'x' } }, context)

      expect(signing).toThrow(`the form field "${name}" is set by the signer itself`)
    },
  )

  test('a key that S3 would complete with the file name', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the literal text that S3 replaces.
    const signing = () => signPostPolicy({ ...policy, key: 'user/${filename}' }, context)

    expect(signing).toThrow(TypeError)
  })

  test('a field that S3 would complete with the file name', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the literal text that S3 replaces.
    const fields = { 'x-amz-meta-a': '${filename}' }
    const signing = () => signPostPolicy({ ...policy, fields }, context)

    expect(signing).toThrow('the form field "x-amz-meta-a" lets the sender choose')
  })
})

describe('compared with the AWS SDK', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  test('sets the same conditions and signs the same text alike', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const property = fc.asyncProperty(
      fc.record({ key: objectKeys, name: awkwardText, credentials, now: times }),
      async ({ key, name, credentials, now }) => {
        vi.setSystemTime(now)
        const fields = { 'Content-Type': 'text/plain', 'x-amz-meta-name': name }
        const theirs = await createPresignedPost(new S3Client({ region, credentials }), {
          Bucket: policy.bucket,
          Key: key,
          Fields: fields,
          Expires: policy.expiresInSeconds,
          Conditions: [['content-length-range', ...policy.contentLengthRange]],
        })

        const ours = signPostPolicy({ ...policy, key, fields }, { credentials, region, now })

        const { secretAccessKey } = credentials
        const signature = signPolicyText(
          theirs.fields.Policy ?? '',
          signingKey({ secretAccessKey, date: now, region }),
        )
        expect(signature).toBe(theirs.fields['X-Amz-Signature'])
        expect(comparable(readPolicy(ours))).toEqual(comparable(readPolicy(theirs.fields)))
      },
    )

    await fc.assert(property, fixedRuns)
  })
})

function readPolicy(fields: Record<string, string>): PolicyDocument {
  const bytes = fromBase64(fields.policy ?? fields.Policy ?? '')
  return JSON.parse(new TextDecoder().decode(bytes))
}

/** A policy without what does not matter: the order of conditions, the case of names, milliseconds. */
function comparable({ expiration, conditions }: PolicyDocument) {
  const texts = conditions.map((condition) => {
    if (Array.isArray(condition)) return JSON.stringify(condition)
    const entries = Object.entries(condition).map(([name, value]) => [name.toLowerCase(), value])
    return JSON.stringify(entries)
  })
  return { expires: Date.parse(expiration), conditions: texts.sort() }
}
