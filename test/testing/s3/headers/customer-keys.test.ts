import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signedS3 } from '../signed-s3.js'

const bytes = Buffer.alloc(32, 1)
const algorithm = { 'x-amz-server-side-encryption-customer-algorithm': 'AES256' }
const key = { 'x-amz-server-side-encryption-customer-key': bytes.toString('base64') }
const keyMd5 = {
  'x-amz-server-side-encryption-customer-key-md5': createHash('md5').update(bytes).digest('base64'),
}
const complete = { ...algorithm, ...key, ...keyMd5 }

describe('encryption with a key of the customer', () => {
  for (const [what, headers, outcome] of [
    ['all of it', complete, '501 NotImplemented'],
    [
      'a way that is not its own as well',
      { ...complete, 'x-amz-server-side-encryption': 'AES256' },
      '400 InvalidArgument',
    ],
    ['no algorithm', { ...key, ...keyMd5 }, '400 InvalidArgument'],
    ['no key', { ...algorithm, ...keyMd5 }, '400 InvalidArgument'],
    ['no MD5', { ...algorithm, ...key }, '400 InvalidArgument'],
    [
      'another algorithm',
      { ...complete, 'x-amz-server-side-encryption-customer-algorithm': 'AES128' },
      '400 InvalidEncryptionAlgorithmError',
    ],
    [
      'a short key',
      { ...complete, 'x-amz-server-side-encryption-customer-key': 'AAAA' },
      '400 InvalidArgument',
    ],
    [
      'the MD5 of another key',
      { ...complete, 'x-amz-server-side-encryption-customer-key-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' },
      '400 InvalidArgument',
    ],
  ] as const) {
    it(`is refused with ${what}: ${outcome}`, async () => {
      const { put, send, s3 } = signedS3()
      const written = await put('a', 'hello', headers)
      const begun = await send({ method: 'POST', key: 'a', query: 'uploads', headers })

      expect(`${written.status} ${written.code}`).toBe(outcome)
      expect(`${begun.status} ${begun.code}`).toBe(outcome)
      expect([...(await s3.objects('photos')), ...(await s3.uploads('photos'))]).toEqual([])
    })
  }

  it('is not that of any object', async () => {
    const { put, send } = signedS3()
    await put('a', 'hello')
    const sourceHeaders = Object.fromEntries(
      Object.entries(complete).map(([name, value]) => [
        name.replace('x-amz-', 'x-amz-copy-source-'),
        value,
      ]),
    )
    const copy = { 'x-amz-copy-source': 'photos/a', ...sourceHeaders }

    expect((await send({ method: 'GET', key: 'a', headers: complete })).code).toBe('InvalidRequest')
    expect((await send({ method: 'HEAD', key: 'a', headers: complete })).status).toBe(400)
    expect((await send({ method: 'PUT', key: 'b', headers: copy })).code).toBe('InvalidRequest')
  })
})

describe('encryption by S3', () => {
  for (const [headers, outcome] of [
    [{ 'x-amz-server-side-encryption': 'AES128' }, '400 InvalidArgument'],
    [{ 'x-amz-server-side-encryption': 'aws:fsx' }, '501 NotImplemented'],
    [{ 'x-amz-server-side-encryption-aws-kms-key-id': 'key' }, '400 InvalidArgument'],
    [{ 'x-amz-server-side-encryption-context': 'e30=' }, '501 NotImplemented'],
    [{ 'x-amz-server-side-encryption-bucket-key-enabled': 'true' }, '501 NotImplemented'],
    [{ 'x-amz-storage-class': 'ICE' }, '400 InvalidStorageClass'],
    [{ 'x-amz-storage-class': 'EXPRESS_ONEZONE' }, '501 NotImplemented'],
  ] as const) {
    it(`is refused with ${JSON.stringify(headers)}`, async () => {
      const { put, s3 } = signedS3()
      const { status, code } = await put('a', 'hello', headers)

      expect(`${status} ${code}`).toBe(outcome)
      expect(await s3.objects('photos')).toEqual([])
    })
  }

  it('is told to the writer, and no wish of a reader', async () => {
    const { put, send } = signedS3()
    const headers = { 'x-amz-server-side-encryption': 'AES256' }
    const written = await put('a', 'hello', headers)

    expect(written.headers.get('x-amz-server-side-encryption')).toBe('AES256')
    expect((await send({ method: 'GET', key: 'a', headers })).code).toBe('InvalidArgument')
  })
})
