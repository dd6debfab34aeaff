import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signedS3 } from '../signed-s3.js'

const etag = `"${createHash('md5').update('hello').digest('hex')}"`
const other = '"00000000000000000000000000000000"'
const longAgo = 'Wed, 21 Oct 2015 07:28:00 GMT'

describe('DeleteObject', () => {
  for (const [headers, outcome] of [
    [{ 'if-match': other }, '412 PreconditionFailed'],
    [{ 'if-match': `W/${etag}` }, '412 PreconditionFailed'],
    [{ 'if-none-match': etag }, '501 NotImplemented'],
    [{ 'if-unmodified-since': longAgo }, '501 NotImplemented'],
    [{ 'x-amz-if-match-size': '5' }, '501 NotImplemented'],
    [{ 'x-amz-if-match-last-modified-time': longAgo }, '501 NotImplemented'],
    [{ 'x-amz-mfa': 'serial 123456' }, '501 NotImplemented'],
  ] as const) {
    it(`with ${JSON.stringify(headers)} deletes nothing`, async () => {
      const { put, send, read } = signedS3()
      await put('a', 'hello')
      const { status, code } = await send({ method: 'DELETE', key: 'a', headers })

      expect(`${status} ${code}`).toBe(outcome)
      expect(await read('a')).toBe('hello')
    })
  }

  for (const ifMatch of [etag, '*']) {
    it(`with If-Match: ${ifMatch} deletes`, async () => {
      const { put, send, read } = signedS3()
      await put('a', 'hello')
      await send({ method: 'DELETE', key: 'a', headers: { 'if-match': ifMatch } })

      expect(await read('a')).toBeUndefined()
    })
  }
})

describe('DeleteObjects', () => {
  async function deleteMany(...objects: string[]) {
    const { put, send, s3 } = signedS3()
    await put('a', 'hello')
    await put('b', 'hello')
    const body = `<Delete>${objects.map((object) => `<Object>${object}</Object>`).join('')}</Delete>`
    const headers = { 'content-md5': createHash('md5').update(body).digest('base64') }
    const outcome = await send({ method: 'POST', query: 'delete', body, headers })
    return { ...outcome, left: (await s3.objects('photos')).map(({ key }) => key) }
  }

  it('deletes what fits its ETag, and names what does not', async () => {
    const { text, left } = await deleteMany(
      `<Key>a</Key><ETag>${other}</ETag>`,
      `<Key>b</Key><ETag>${etag}</ETag>`,
    )

    expect(left).toEqual(['a'])
    expect(text).toContain('<Deleted><Key>b</Key></Deleted>')
    expect(text).toContain('<Error><Key>a</Key><Code>PreconditionFailed</Code>')
  })

  for (const inside of [
    '<Size>5</Size>',
    `<LastModifiedTime>${longAgo}</LastModifiedTime>`,
    '<VersionId>1</VersionId>',
  ]) {
    it(`with ${inside} deletes nothing`, async () => {
      expect(await deleteMany('<Key>b</Key>', `<Key>a</Key>${inside}`)).toMatchObject({
        status: 501,
        code: 'NotImplemented',
        left: ['a', 'b'],
      })
    })
  }
})

describe('weak ETags', () => {
  it('never match where S3 compares strongly', async () => {
    const { put, send, read } = signedS3()
    await put('a', 'hello')
    const weak = { 'if-match': `W/${etag}` }

    expect((await put('a', 'other', weak)).code).toBe('PreconditionFailed')
    expect((await send({ method: 'GET', key: 'a', headers: weak })).code).toBe('PreconditionFailed')
    expect(await read('a')).toBe('hello')
  })

  it('spare a download all the same, for which HTTP compares weakly', async () => {
    const { put, send } = signedS3()
    await put('a', 'hello')
    const headers = { 'if-none-match': `"x", W/${etag}` }

    expect((await send({ method: 'GET', key: 'a', headers })).status).toBe(304)
  })

  it('get the whole object instead of a range', async () => {
    const { put, send } = signedS3()
    await put('a', 'hello')
    const get = async (ifRange: string) => {
      const headers = { range: 'bytes=0-1', 'if-range': ifRange }
      return (await send({ method: 'GET', key: 'a', headers })).text
    }

    expect(await Promise.all([etag, `W/${etag}`, longAgo].map(get))).toEqual([
      'he',
      'hello',
      'hello',
    ])
  })
})
