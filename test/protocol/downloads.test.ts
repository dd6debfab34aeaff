import { describe, expect, it } from 'vitest'
import { parseRequest, parseResponse } from '../../src/protocol/parse.js'

const ask = (...files: unknown[]) => parseRequest({ operation: 'sign-downloads', files })
const signed = { key: 'a.txt', url: 'https://bucket.test/a.txt?X-Amz-Signature=x' }

describe('a request for downloads', () => {
  it.each([
    { key: 'a.txt' },
    { key: 'a.txt', disposition: 'attachment' },
    { receipt: 'v1.x.y', disposition: 'inline', name: '日本.txt' },
  ])('is read: %j', (file) => {
    expect(ask(file)).toEqual({ ok: true, value: { operation: 'sign-downloads', files: [file] } })
  })

  it.each<[string, unknown]>([
    ['files.0.key', {}],
    ['files.0.key', { key: '' }],
    ['files.0.key', { key: 'x'.repeat(1025) }],
    ['files.0.key', { key: 'a.txt', receipt: 'v1.x.y' }],
    ['files.0.receipt', { receipt: 7 }],
    ['files.0.disposition', { key: 'a.txt', disposition: 'form-data' }],
    ['files.0.name', { key: 'a.txt', name: '' }],
    ['files.0', null],
  ])('has a refusal in place of a file with a malformed %s', (field, broken) => {
    expect(ask(broken, { key: 'b.txt' })).toMatchObject({
      ok: true,
      value: {
        files: [
          {
            error: {
              code: 'invalid-request',
              message: expect.stringMatching(new RegExp(`^${field}: .`)),
            },
          },
          { key: 'b.txt' },
        ],
      },
    })
  })

  it.each([[[]], [Array(101).fill({ key: 'a' })], [{ key: 'a' }], [undefined]])(
    'is refused as a whole without a list of 1 to 100 files',
    (files) => {
      expect(parseRequest({ operation: 'sign-downloads', files })).toMatchObject({
        ok: false,
        field: 'files',
      })
    },
  )
})

describe('a response to it', () => {
  it('has URLs and refusals', () => {
    const files = [
      { ...signed, expiresInSeconds: 900 },
      { error: { code: 'forbidden', message: 'No.', retryable: false } },
    ]

    expect(parseResponse('sign-downloads', { files })).toEqual({ ok: true, value: { files } })
  })

  it.each([
    { ...signed, url: 'javascript:alert(1)', expiresInSeconds: 900 },
    { ...signed, expiresInSeconds: 0 },
    { url: signed.url, expiresInSeconds: 900 },
  ])('has a refusal in place of a malformed entry, without the URL in it', (entry) => {
    const parsed = parseResponse('sign-downloads', { files: [entry] })

    expect(parsed).toMatchObject({
      ok: true,
      value: { files: [{ error: { code: 'endpoint-answer' } }] },
    })
    expect(JSON.stringify(parsed)).not.toContain('Signature')
  })
})
