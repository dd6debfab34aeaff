import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signedS3 } from '../signed-s3.js'

const md5 = createHash('md5').update('hello').digest('base64')
const sha512 = createHash('sha512').update('hello').digest('base64')
const crc32 = 'NhCmhg=='

describe('MD5 and SHA-512', () => {
  for (const [name, value] of [
    ['md5', md5],
    ['sha512', sha512],
  ] as const) {
    const header = `x-amz-checksum-${name}`

    it(`${name} is verified and shown`, async () => {
      const { put, send, read } = signedS3()
      const wrong = Buffer.from(value, 'base64').fill(7).toString('base64')

      expect((await put('a', 'hello', { [header]: wrong })).code).toBe('BadDigest')
      expect((await put('a', 'hello', { [header]: 'AAAA' })).code).toBe('InvalidRequest')
      expect(await read('a')).toBeUndefined()
      await put('a', 'hello', {
        [header]: value,
        'x-amz-sdk-checksum-algorithm': name.toUpperCase(),
      })
      const headers = { 'x-amz-checksum-mode': 'ENABLED' }
      expect((await send({ method: 'HEAD', key: 'a', headers })).headers.get(header)).toBe(value)
    })

    it(`${name} of an object in parts is one of its parts' checksums`, async () => {
      const { send, begin, s3 } = signedS3()
      const uploadId = await begin('a', { 'x-amz-checksum-algorithm': name.toUpperCase() })
      const query = `uploadId=${uploadId}`
      const part = { method: 'PUT', key: 'a', query: `partNumber=1&${query}`, body: 'hello' }
      expect((await send(part)).code).toBe('InvalidRequest')
      await send({ ...part, headers: { [header]: value } })
      const element = `Checksum${name.toUpperCase()}`
      const etag = createHash('md5').update('hello').digest('hex')
      const complete = (checksum: string) => {
        const inside = `<PartNumber>1</PartNumber><ETag>${etag}</ETag>${checksum}`
        const body = `<CompleteMultipartUpload><Part>${inside}</Part></CompleteMultipartUpload>`
        return send({ method: 'POST', key: 'a', query, body })
      }
      expect((await complete('')).code).toBe('InvalidRequest')
      await complete(`<${element}>${value}</${element}>`)

      const digest = createHash(name).update(Buffer.from(value, 'base64')).digest('base64')
      expect((await s3.objects('photos'))[0]?.checksum).toEqual({
        algorithm: name,
        type: 'COMPOSITE',
        value: `${digest}-1`,
      })
    })
  }
})

describe('a checksum that is not compared', () => {
  for (const name of ['xxhash64', 'xxhash3', 'xxhash128', 'crc128']) {
    it(`is refused: ${name}`, async () => {
      const { put, send, s3 } = signedS3()
      const upper = name.toUpperCase()
      const header = await put('a', 'hello', { [`x-amz-checksum-${name}`]: 'AAAAAAAAAAA=' })
      const named = await put('a', 'hello', { 'x-amz-sdk-checksum-algorithm': upper })
      const trailer = await put('a', 'hello', { 'x-amz-trailer': `x-amz-checksum-${name}` })
      const begun = await send({
        method: 'POST',
        key: 'a',
        query: 'uploads',
        headers: { 'x-amz-checksum-algorithm': upper },
      })

      for (const { status, text } of [header, named, trailer, begun]) {
        expect([400, 501]).toContain(status)
        expect(text).toMatch(/xxhash|checksum/i)
      }
      expect(await s3.objects('photos')).toEqual([])
      expect(await s3.uploads('photos')).toEqual([])
    })
  }

  it('is refused in the trailer of a body that announced none, or another', async () => {
    const { send, read } = signedS3()
    const trailed = (announced: string | undefined, trailer: string) =>
      send({
        method: 'PUT',
        key: 'a',
        body: `5\r\nhello\r\n0\r\n${trailer}\r\n\r\n`,
        headers: {
          'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
          'x-amz-decoded-content-length': '5',
          ...(announced !== undefined && { 'x-amz-trailer': announced }),
        },
      })
    const trailer = `x-amz-checksum-crc32:${crc32}`

    expect((await trailed(undefined, trailer)).code).toBe('MalformedTrailerError')
    expect((await trailed('x-amz-checksum-sha1', trailer)).code).toBe('MalformedTrailerError')
    expect((await trailed('x-amz-checksum-crc32,x-amz-meta-a', trailer)).code).toBe(
      'InvalidRequest',
    )
    expect((await trailed('x-amz-meta-a', 'x-amz-meta-a:b')).code).toBe('InvalidRequest')
    expect(await read('a')).toBeUndefined()
    expect((await trailed('x-amz-checksum-crc32', trailer)).status).toBe(200)
  })

  it('is refused in the list of parts, and of a whole that cannot have it', async () => {
    const { send, begin, s3 } = signedS3()
    const query = `uploadId=${await begin('a')}`
    await send({ method: 'PUT', key: 'a', query: `partNumber=1&${query}`, body: 'hello' })
    const etag = createHash('md5').update('hello').digest('hex')
    const complete = (checksum: string, headers = {}) => {
      const inside = `<PartNumber>1</PartNumber><ETag>${etag}</ETag>${checksum}`
      const body = `<CompleteMultipartUpload><Part>${inside}</Part></CompleteMultipartUpload>`
      return send({ method: 'POST', key: 'a', query, body, headers })
    }
    const both = { 'x-amz-checksum-crc32': crc32, 'x-amz-checksum-crc32c': 'mnG7TA==' }

    expect((await complete(`<ChecksumCRC32>${crc32}</ChecksumCRC32>`)).code).toBe('InvalidPart')
    expect((await complete('<ChecksumXXHASH3>AAAA</ChecksumXXHASH3>')).code).toBe('NotImplemented')
    expect((await complete('', { 'x-amz-checksum-md5': md5 })).code).toBe('InvalidRequest')
    expect((await complete('', both)).code).toBe('InvalidRequest')
    expect(await s3.objects('photos')).toEqual([])
    expect((await complete('', { 'x-amz-checksum-crc32': crc32 })).status).toBe(200)
  })

  it('is not asked for by its type alone', async () => {
    const headers = { 'x-amz-checksum-type': 'FULL_OBJECT' }
    const begun = await signedS3().send({ method: 'POST', key: 'a', query: 'uploads', headers })

    expect(begun.code).toBe('InvalidRequest')
  })
})
