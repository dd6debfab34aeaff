import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signedS3 } from '../signed-s3.js'

const other = '"00000000000000000000000000000000"'
const longAgo = 'Wed, 21 Oct 2015 07:28:00 GMT'
const etagOf = (text: string) => `"${createHash('md5').update(text).digest('hex')}"`
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64')

async function copyWith(headers: Readonly<Record<string, string>>, query = '') {
  const { put, send, read } = signedS3()
  await put('from', 'new', { 'x-amz-storage-class': 'GLACIER_IR' })
  await put('to', 'old')
  const outcome = await send({
    method: 'PUT',
    key: 'to',
    query,
    headers: { ...(query === '' && { 'x-amz-copy-source': 'photos/from' }), ...headers },
  })
  const head = await send({
    method: 'HEAD',
    key: 'to',
    headers: { 'x-amz-checksum-mode': 'ENABLED' },
  })
  return {
    outcome: `${outcome.status} ${outcome.code}`,
    text: outcome.text,
    headers: outcome.headers,
    left: await read('to'),
    head,
  }
}

describe('a copy', () => {
  for (const [headers, outcome] of [
    [{ 'if-none-match': '*' }, '412 PreconditionFailed'],
    [{ 'if-none-match': other }, '501 NotImplemented'],
    [{ 'if-match': other }, '412 PreconditionFailed'],
    [{ 'if-match': `W/${etagOf('old')}` }, '412 PreconditionFailed'],
    [{ 'if-unmodified-since': longAgo }, '501 NotImplemented'],
    [{ 'x-amz-copy-source-if-match': other }, '412 PreconditionFailed'],
    [{ 'x-amz-copy-source-if-match': `W/${etagOf('new')}` }, '412 PreconditionFailed'],
    [{ 'x-amz-copy-source-if-none-match': etagOf('new') }, '412 PreconditionFailed'],
    [{ 'x-amz-copy-source-if-unmodified-since': longAgo }, '412 PreconditionFailed'],
    [{ 'x-amz-copy-source-if-unmodified-since': 'yesterday' }, '400 InvalidArgument'],
    [{ 'x-amz-copy-source': 'photos/from?versionId=1' }, '501 NotImplemented'],
    [{ 'x-amz-copy-source': 'photos/%FF' }, '400 InvalidURI'],
    [{ 'x-amz-copy-source': 'photos/100%' }, '404 NoSuchKey'],
    [{ 'x-amz-metadata-directive': 'MERGE' }, '400 InvalidArgument'],
    [{ 'x-amz-tagging-directive': 'MERGE' }, '400 InvalidArgument'],
    [{ 'x-amz-checksum-algorithm': 'MD4' }, '400 InvalidRequest'],
    [{ 'x-amz-acl': 'public-read' }, '400 AccessControlListNotSupported'],
    [{ 'x-amz-object-lock-mode': 'GOVERNANCE' }, '501 NotImplemented'],
    [{ 'x-amz-copy-source-range': 'bytes=0-1' }, '501 NotImplemented'],
    [{ 'x-amz-checksum-sha256': sha256('new') }, '501 NotImplemented'],
  ] as const) {
    it(`with ${JSON.stringify(headers)} leaves its target: ${outcome}`, async () => {
      expect(await copyWith(headers)).toMatchObject({ outcome, left: 'old' })
    })
  }

  it('heeds the conditions and the source that a URL carries', async () => {
    const query = `X-Amz-Copy-Source=photos%2Ffrom&X-Amz-Copy-Source-If-Match=${encodeURIComponent(other)}`

    expect(await copyWith({}, query)).toMatchObject({
      outcome: '412 PreconditionFailed',
      left: 'old',
    })
    expect(await copyWith({}, 'X-Amz-Copy-Source=photos%2Ffrom')).toMatchObject({ left: 'new' })
  })

  for (const [name, value] of [
    ['if-match', etagOf('old')],
    ['x-amz-copy-source-if-match', etagOf('new')],
    ['x-amz-copy-source', '/photos%2Ffrom'],
  ] as const) {
    it(`with ${name}: ${value} is made`, async () => {
      expect(await copyWith({ [name]: value })).toMatchObject({
        outcome: '200 undefined',
        left: 'new',
      })
    })
  }

  it('gets the checksum that it asks for', async () => {
    const { text, head } = await copyWith({ 'x-amz-checksum-algorithm': 'SHA256' })

    expect(text).toContain(`<ChecksumSHA256>${sha256('new')}</ChecksumSHA256>`)
    expect(text).toContain('<ChecksumType>FULL_OBJECT</ChecksumType>')
    expect(head.headers.get('x-amz-checksum-sha256')).toBe(sha256('new'))
  })

  it('is stored and encrypted as it asks itself, not as its source is', async () => {
    const plain = await copyWith({})
    const asked = await copyWith({
      'x-amz-storage-class': 'STANDARD_IA',
      'x-amz-server-side-encryption': 'AES256',
    })

    expect(asked.headers.get('x-amz-server-side-encryption')).toBe('AES256')
    expect(plain.head.headers.get('x-amz-storage-class')).toBeNull()
    expect(asked.head.headers.get('x-amz-storage-class')).toBe('STANDARD_IA')
    expect(asked.head.headers.get('x-amz-server-side-encryption')).toBe('AES256')
  })

  it('onto itself needs a change', async () => {
    const { put, send } = signedS3()
    await put('a', 'hello')
    const copy = (headers = {}) =>
      send({ method: 'PUT', key: 'a', headers: { 'x-amz-copy-source': 'photos/a', ...headers } })

    expect((await copy()).code).toBe('InvalidRequest')
    expect((await copy({ 'x-amz-storage-class': 'STANDARD_IA' })).status).toBe(200)
    expect((await copy({ 'x-amz-metadata-directive': 'REPLACE' })).status).toBe(200)
  })
})

describe('a part that is copied', () => {
  async function copyPart(range: string | undefined, uploadHeaders = {}) {
    const { put, send, begin } = signedS3()
    await put('from', 'hello')
    const uploadId = await begin('to', uploadHeaders)
    return send({
      method: 'PUT',
      key: 'to',
      query: `partNumber=1&uploadId=${uploadId}`,
      headers: {
        'x-amz-copy-source': 'photos/from',
        ...(range !== undefined && { 'x-amz-copy-source-range': range }),
      },
    })
  }

  for (const range of [
    'bytes=0-5',
    'bytes=5-9',
    'bytes=3-1',
    'bytes=0-',
    'bytes=-2',
    'bytes=0',
    'bytes=a-b',
    'bytes=0-1,3-4',
    'bytes = 0-1',
    '0-2',
    '',
  ]) {
    it(`has no range "${range}" of five bytes`, async () => {
      const { status, code } = await copyPart(range)

      expect([status, code]).toEqual([400, 'InvalidArgument'])
    })
  }

  for (const [range, copied] of [
    [undefined, 'hello'],
    ['bytes=0-4', 'hello'],
    ['bytes=1-1', 'e'],
  ] as const) {
    it(`has the range ${range}`, async () => {
      expect((await copyPart(range)).text).toContain(etagOf(copied).slice(1, -1))
    })
  }

  it('is told the encryption of its upload', async () => {
    const { headers } = await copyPart(undefined, { 'x-amz-server-side-encryption': 'AES256' })

    expect(headers.get('x-amz-server-side-encryption')).toBe('AES256')
  })

  it('gets the checksum of its upload', async () => {
    const { text } = await copyPart('bytes=0-1', { 'x-amz-checksum-algorithm': 'SHA256' })

    expect(text).toContain(`<ChecksumSHA256>${sha256('he')}</ChecksumSHA256>`)
  })
})
