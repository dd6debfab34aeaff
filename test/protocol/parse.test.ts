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
    ['files.0.id', { ...file, id: '1' }],
    ['files.0.name', { ...file, name: '' }],
    ['files.0.name', { ...file, name: 7 }],
    ['files.0.type', { ...file, type: 'x'.repeat(256) }],
    ['files.0.size', { ...file, size: -1 }],
    ['files.0.size', { ...file, size: 1.5 }],
    ['files.0.size', { ...file, size: '5' }],
    ['files.0.size', { ...file, size: 2 ** 53 }],
    ['files.0.metadata.a', { ...file, metadata: { a: 1 } }],
    ['files.0.checksum', { ...file, checksum: 'abc' }],
  ])('with a malformed %s is refused by that name', (field, broken) => {
    expect(signFiles(broken)).toMatchObject({ ok: false, field })
  })

  it.each([
    ['no files', []],
    ['more than 100 files', Array.from({ length: 101 }, () => file)],
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

  it('without what the client needs is refused', () => {
    const { fields: _fields, ...withoutFields } = post

    expect(parseResponse('sign-uploads', { files: [withoutFields] }).ok).toBe(false)
    expect(parseResponse('complete-uploads', { uploads: [{ id: '1' }] }).ok).toBe(false)
    expect(parseResponse('sign-uploads', 'text').ok).toBe(false)
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
