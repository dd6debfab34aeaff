import { describe, expect, it } from 'vitest'
import { parseErrorResponse, parseRequest, parseResponse } from '../../src/protocol/parse.js'

const file = {
  id: 'f3b0c442-98fc-4c14-9afb-f4c8996fb924',
  name: 'a.txt',
  type: 'text/plain',
  size: 5,
}
const signFiles = (...files: unknown[]) => parseRequest({ operation: 'sign-uploads', files })

describe('a request', () => {
  it('is read with its defaults', () => {
    expect(signFiles(file)).toEqual({
      ok: true,
      value: { operation: 'sign-uploads', files: [file], attempt: 1 },
    })
  })

  it('loses every field that the protocol does not know', () => {
    const parsed = signFiles({ ...file, key: '../other', bucket: 'other', __proto__: { size: 1 } })

    expect(parsed).toMatchObject({ ok: true })
    expect(parsed.ok && parsed.value.operation === 'sign-uploads' && parsed.value.files).toEqual([
      file,
    ])
  })

  it.each([
    ['files.1.id', { ...file, id: '1' }],
    ['files.1.name', { ...file, name: '' }],
    ['files.1.name', { ...file, name: 7 }],
    ['files.1.type', { ...file, type: 'x'.repeat(256) }],
    ['files.1.size', { ...file, size: -1 }],
    ['files.1.size', { ...file, size: 1.5 }],
    ['files.1.size', { ...file, size: '5' }],
    ['files.1.size', { ...file, size: 2 ** 53 }],
    ['files.1.metadata.a', { ...file, metadata: { a: 1 } }],
    ['files.1.checksum', { ...file, checksum: 'abc' }],
  ])('has a refusal in place of a file with a malformed %s', (field, broken) => {
    expect(signFiles(file, broken, file)).toMatchObject({
      ok: true,
      value: {
        files: [
          file,
          {
            id: broken.id,
            error: {
              code: 'invalid-request',
              message: expect.stringMatching(new RegExp(`^${field}: .`)),
              retryable: false,
            },
          },
          file,
        ],
      },
    })
  })

  it.each([null, 7, 'text', { id: 7 }, { id: 'x'.repeat(65) }])(
    'has a refusal without id in place of the file %j',
    (broken) => {
      const parsed = signFiles(broken)

      expect(parsed).toMatchObject({
        ok: true,
        value: { files: [{ error: { code: 'invalid-request' } }] },
      })
      expect(JSON.stringify(parsed)).not.toContain('"id"')
    },
  )

  it.each<[string, unknown, string]>([
    ['complete-uploads', { uploads: [{ token: 'a' }, { token: 7 }] }, 'uploads.1.token'],
    ['complete-uploads', { uploads: [{ token: 'a' }, 'b'] }, 'uploads.1'],
    ['abort-uploads', { tokens: ['a', 7] }, 'tokens.1'],
  ])('of %s has a refusal in place of a malformed item of %j', (operation, fields, field) => {
    const parsed = parseRequest({ operation, ...(fields as object) })
    const items = parsed.ok ? Object.values(parsed.value).find(Array.isArray) : []

    expect(items).toMatchObject([
      expect.not.objectContaining({ error: expect.anything() }),
      { error: { message: expect.stringMatching(new RegExp(`^${field}: `)) } },
    ])
  })

  it('with a malformed item does not give back a long text', () => {
    const text = 'v1.a-token-or-a-signed-url'.repeat(400)

    const answers = [signFiles({ ...file, metadata: { [text]: 7 } }), signFiles(text)]

    for (const answer of answers) expect(JSON.stringify(answer).length).toBeLessThan(500)
    expect(JSON.stringify(answers[1])).not.toContain(text.slice(0, 60))
  })

  it.each([
    ['no files', []],
    ['more than 100 files', Array.from({ length: 101 }, () => file)],
    ['more than 100 malformed files', Array.from({ length: 101 }, () => 7)],
  ])('with %s is refused', (_name, files) => {
    expect(signFiles(...files)).toMatchObject({ ok: false, field: 'files' })
  })

  it.each([null, 1, 'text', [], {}, { operation: 'toString' }, { operation: '__proto__' }])(
    'that is %j is refused',
    (json) => {
      expect(parseRequest(json).ok).toBe(false)
    },
  )
})

describe('a response', () => {
  const signed = {
    id: '1',
    url: 'https://bucket.test/',
    key: 'k',
    token: 't',
    expiresInSeconds: 600,
  }
  const post = { ...signed, method: 'POST', fields: { key: 'k' } }
  const put = { ...signed, method: 'PUT', headers: {} }
  const refused = {
    id: '1',
    error: { code: 'a-code-of-tomorrow', message: 'No.', retryable: false },
  }

  it('may mix signatures and refusals, with codes of a newer server too', () => {
    expect(parseResponse('sign-uploads', { files: [post, put, refused] })).toEqual({
      ok: true,
      value: { files: [post, put, refused] },
    })
  })

  it.each<[string, unknown]>([
    ['files.1.fields', { ...post, fields: undefined }],
    ['files.1.method', { ...post, method: 'PATCH' }],
    ['files.1.token', { ...put, token: 7 }],
    ['files.1.url', { ...put, url: 'ftp://bucket.test/' }],
    ['files.1.url', { ...put, url: '//bucket.test/' }],
    ['files.1.expiresInSeconds', { ...post, expiresInSeconds: 0 }],
    ['files.1.error.code', { id: '1', error: { message: 'No.', retryable: false } }],
  ])('has a refusal in place of an entry with a malformed %s', (field, entry) => {
    expect(parseResponse('sign-uploads', { files: [post, entry, put] })).toEqual({
      ok: true,
      value: {
        files: [
          post,
          {
            id: '1',
            error: {
              code: 'endpoint-answer',
              message: expect.stringContaining(`(${field}: `),
              retryable: false,
            },
          },
          put,
        ],
      },
    })
  })

  it.each<['complete-uploads' | 'abort-uploads', string, unknown]>([
    ['complete-uploads', 'uploads.0.key', { id: '1' }],
    ['complete-uploads', 'uploads.0.retryAfterSeconds', { id: '1', state: 'pending' }],
    ['complete-uploads', 'uploads.0.error', { id: '1', error: 'no' }],
    ['abort-uploads', 'uploads.0.state', { id: '1', state: 'gone' }],
  ])('to %s names the malformed %s', (operation, field, entry) => {
    expect(parseResponse(operation, { uploads: [entry] })).toMatchObject({
      value: {
        uploads: [{ id: '1', error: { message: expect.stringContaining(`(${field}: `) } }],
      },
    })
  })

  it('may write null where there is nothing to say', () => {
    const files = [{ ...post, error: null, headers: null }]

    expect(parseResponse('sign-uploads', { files })).toEqual({ ok: true, value: { files: [post] } })
  })

  it('never quotes a signed URL', () => {
    const url = 's3://bucket.test/key?X-Amz-Signature=5e1f0c2a'

    const parsed = parseResponse('sign-uploads', { files: [{ ...put, url }, url] })

    expect(JSON.stringify(parsed)).not.toContain('5e1f0c2a')
  })

  it('without a list of entries is refused', () => {
    expect(parseResponse('sign-uploads', 'text').ok).toBe(false)
    expect(parseResponse('sign-uploads', { files: 7 })).toMatchObject({ ok: false, field: 'files' })
  })

  it('keeps whatever the server’s hook returned', () => {
    const done = {
      id: '1',
      key: 'k',
      size: 5,
      etag: '"e"',
      contentType: 'text/plain',
      receipt: 'r',
    }
    const uploads = [{ ...done, result: { deep: [1, { two: null }] } }]

    expect(parseResponse('complete-uploads', { uploads })).toEqual({ ok: true, value: { uploads } })
  })

  it('of a refusal has a code', () => {
    expect(parseErrorResponse({ error: refused.error })).toMatchObject({ ok: true })
    expect(parseErrorResponse({ error: 'no' })).toMatchObject({ ok: false, field: 'error' })
  })
})
