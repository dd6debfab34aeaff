import { expect } from 'vitest'
import { type Check, conformanceRow } from './conformance-row.js'
import { formRequest, signerConditions } from './post-form.js'

const hello = { content: 'hello' }

/** What the policy of a form allows. */
export const postPolicy = conformanceRow('POST policy', (check) => {
  signatureChecks(check)
  conditionChecks(check)
  sizeChecks(check)
  documentChecks(check)
})

function signatureChecks(check: Check) {
  check('refuses a form without a policy', async (s3) => {
    const key = s3.newKey()
    const response = await s3.send(formRequest(s3.bucketUrl, { key }, hello))

    expect(await s3.stored(key)).toBeUndefined()
    expect(response.outcome).toBe('403 AccessDenied')
  })

  check('refuses a policy signed with a wrong secret', async (s3) => {
    const key = s3.newKey()
    const credentials = { ...s3.target.credentials, secretAccessKey: 'wrong' }
    const response = await s3.postForm({ key }, hello, { credentials })

    expect(await s3.stored(key)).toBeUndefined()
    expect(response.outcome).toBe('403 SignatureDoesNotMatch')
  })

  check('refuses an access key it does not know', async (s3) => {
    const credentials = { ...s3.target.credentials, accessKeyId: 'AKIAUNKNOWN000000001' }
    const response = await s3.postForm({ key: s3.newKey() }, hello, { credentials })

    expect(response.outcome).toBe('403 InvalidAccessKeyId')
  })

  check('refuses a form without its signature', async (s3) => {
    const { 'x-amz-signature': _, ...fields } = s3.signForm({ key: s3.newKey() })
    const response = await s3.send(formRequest(s3.bucketUrl, fields, hello))

    expect(response.outcome).toBe('400 InvalidArgument')
  })

  check('refuses a policy that has expired', async (s3) => {
    const key = s3.newKey()
    const response = await s3.postForm({ key }, hello, { expiration: new Date(Date.now() - 1000) })

    expect(await s3.stored(key)).toBeUndefined()
    expect(response.outcome).toBe('403 AccessDenied')
    expect(response.text).toContain('Policy expired.')
  })
}

function conditionChecks(check: Check) {
  for (const [what, condition, fields, isAllowed] of [
    ['an equal value', ['eq', '$x-amz-meta-color', 'red'], { 'x-amz-meta-color': 'red' }, true],
    ['another value', ['eq', '$x-amz-meta-color', 'red'], { 'x-amz-meta-color': 'Red' }, false],
    [
      'an equal value, as an object',
      { 'x-amz-meta-color': 'red' },
      { 'x-amz-meta-color': 'red' },
      true,
    ],
    [
      'another value, as an object',
      { 'x-amz-meta-color': 'red' },
      { 'x-amz-meta-color': 'blue' },
      false,
    ],
    ['a name in capitals', ['eq', '$X-AMZ-Meta-Color', 'red'], { 'x-amz-meta-color': 'red' }, true],
    [
      'a value that begins so',
      ['starts-with', '$x-amz-meta-color', 'r'],
      { 'x-amz-meta-color': 'red' },
      true,
    ],
    [
      'a value that begins otherwise',
      ['starts-with', '$x-amz-meta-color', 'r'],
      { 'x-amz-meta-color': 'blue' },
      false,
    ],
    ['any value', ['starts-with', '$x-amz-meta-color', ''], { 'x-amz-meta-color': 'blue' }, true],
    ['a value where the field is missing', ['eq', '$x-amz-meta-color', 'red'], {}, false],
    ['any value where the field is missing', ['starts-with', '$x-amz-meta-color', ''], {}, false],
    [
      'types that each begin so',
      ['starts-with', '$Content-Type', 'image/'],
      { 'Content-Type': 'image/png,image/jpeg' },
      true,
    ],
    [
      'types of which one begins otherwise',
      ['starts-with', '$Content-Type', 'image/'],
      { 'Content-Type': 'image/png,text/html' },
      false,
    ],
  ] as const) {
    check(`${isAllowed ? 'allows' : 'refuses'} ${what}`, async (s3) => {
      const key = s3.newKey()
      const conditions = [{ bucket: s3.bucket }, { key }, condition, ...signerConditions]
      const response = await s3.postForm({ key, ...fields }, hello, { conditions })

      expect(response.outcome).toBe(isAllowed ? '204' : '403 AccessDenied')
      expect(await s3.stored(key)).toBe(isAllowed ? 'hello' : undefined)
    })
  }

  check('names the condition that failed', async (s3) => {
    const conditions = [{ bucket: s3.bucket }, ['eq', '$key', 'other'], ...signerConditions]
    const { text } = await s3.postForm({ key: s3.newKey() }, hello, { conditions })

    expect(text.replaceAll('&quot;', '"')).toContain(
      'Invalid according to Policy: Policy Condition failed: ["eq", "$key", "other"]',
    )
  })

  check('refuses a policy for another bucket', async (s3) => {
    const key = s3.newKey()
    const response = await s3.postForm({ key }, hello, { bucket: 'another-bucket' })

    expect(await s3.stored(key)).toBeUndefined()
    expect(response.outcome).toBe('403 AccessDenied')
  })

  check('refuses a field that has no condition, and names it', async (s3) => {
    const key = s3.newKey()
    const fields = { ...s3.signForm({ key }), 'x-amz-meta-color': 'red' }
    const response = await s3.send(formRequest(s3.bucketUrl, fields, hello))

    expect(await s3.stored(key)).toBeUndefined()
    expect(response.outcome).toBe('403 AccessDenied')
    expect(response.text).toContain('Extra input fields: x-amz-meta-color')
  })

  check('needs no condition for x-ignore fields', async (s3) => {
    const fields = { ...s3.signForm({ key: s3.newKey() }), 'x-ignore-this': 'anything' }
    const response = await s3.send(formRequest(s3.bucketUrl, fields, hello))

    expect(response.outcome).toBe('204')
  })
}

function sizeChecks(check: Check) {
  for (const [min, max, outcome] of [
    [5, 5, '204'],
    ['1', '5', '204'],
    [0, 4, '400 EntityTooLarge'],
    [6, 9, '400 EntityTooSmall'],
  ] as const) {
    const range = `${JSON.stringify(min)} to ${JSON.stringify(max)}`
    check(`answers ${outcome} to five bytes where ${range} are allowed`, async (s3) => {
      const key = s3.newKey()
      const moreConditions = [['content-length-range', min, max]]
      const response = await s3.postForm({ key }, hello, { moreConditions })

      expect(response.outcome).toBe(outcome)
      expect(await s3.stored(key)).toBe(outcome === '204' ? 'hello' : undefined)
    })
  }

  check('tells how much is allowed', async (s3) => {
    const moreConditions = [['content-length-range', 0, 4]]
    const { text } = await s3.postForm({ key: s3.newKey() }, hello, { moreConditions })

    expect(text).toMatch(/<ProposedSize>\d+<\/ProposedSize>/)
    expect(text).toContain('<MaxSizeAllowed>4</MaxSizeAllowed>')
  })

  check('answers while a file that is far too large is still coming', async (s3) => {
    const moreConditions = [['content-length-range', 0, 10]]
    const content = new Uint8Array(8 * 1024 * 1024)
    const response = await s3.postForm({ key: s3.newKey() }, { content }, { moreConditions })

    expect(response.outcome).toBe('400 EntityTooLarge')
  })
}

function documentChecks(check: Check) {
  const expiration = '2099-01-01T00:00:00Z'
  for (const [what, policyText] of [
    ['is no JSON', 'no JSON'],
    ['is empty', '{}'],
    ['has no expiration', '{"conditions":[{"key":"a"}]}'],
    ['has no conditions', `{"expiration":"${expiration}"}`],
    [
      'has a time with an offset',
      '{"expiration":"2099-01-01T00:00:00+01:00","conditions":[{"key":"a"}]}',
    ],
    ['has an empty condition', `{"expiration":"${expiration}","conditions":[{}]}`],
    [
      'has a condition with two fields',
      `{"expiration":"${expiration}","conditions":[{"key":"a","acl":"b"}]}`,
    ],
    [
      'has an unknown operator',
      `{"expiration":"${expiration}","conditions":[["ends-with","$key","a"]]}`,
    ],
    [
      'has a range of one number',
      `{"expiration":"${expiration}","conditions":[["content-length-range",1]]}`,
    ],
    [
      'has a range of fractions',
      `{"expiration":"${expiration}","conditions":[["content-length-range",0.5,1.5]]}`,
    ],
  ] as const) {
    check(`refuses a policy that ${what}`, async (s3) => {
      const key = s3.newKey()
      const response = await s3.postForm({ key }, hello, { policyText })

      expect(await s3.stored(key)).toBeUndefined()
      expect(response.outcome).toBe('400 InvalidPolicyDocument')
    })
  }
}
