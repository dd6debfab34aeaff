import { expect } from 'vitest'
import { conformanceRow } from './conformance-row.js'

const md5OfHello = 'XUFAKrxLKna5cZ2REBfFkg=='
const checksumsOfHello = {
  crc32: 'NhCmhg==',
  crc32c: 'mnG7TA==',
  sha1: 'qvTGHdzF6KLavt4PO0gs2a6pQ00=',
  sha256: 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=',
  crc64nvme: 'M3eFcAZSQlc=',
}

export const putObject = conformanceRow('PUT', (check) => {
  check('answers with the quoted MD5 as ETag', async (s3) => {
    const response = await s3.sendSigned({ method: 'PUT', url: s3.url(s3.newKey()), body: 'hello' })

    expect(response.headers.etag).toBe('"5d41402abc4b2a76b9719d911017c592"')
  })

  check('stores an empty object', async (s3) => {
    const key = await s3.put('')

    expect(await s3.stored(key)).toBe('')
  })

  check('stores metadata and the content headers', async (s3) => {
    const headers = {
      'cache-control': 'no-cache',
      'content-disposition': 'attachment',
      'content-encoding': 'gzip',
      'content-language': 'de',
      'content-type': 'image/png',
      'x-amz-meta-color': 'red',
    }
    const response = await s3.get(await s3.put('hello', headers))

    expect(response.headers).toMatchObject(headers)
  })

  check('refuses metadata of more than 2 KiB', async (s3) => {
    const headers = { 'x-amz-meta-long': 'x'.repeat(2049) }
    const request = { method: 'PUT', url: s3.url(s3.newKey()), headers, body: 'hello' }

    expect((await s3.sendSigned(request)).outcome).toBe('400 MetadataTooLarge')
  })

  for (const [what, value, outcome] of [
    ['the right', md5OfHello, '200'],
    ['a wrong', 'AAAAAAAAAAAAAAAAAAAAAA==', '400 BadDigest'],
    ['a malformed', 'not base64', '400 InvalidDigest'],
  ] as const) {
    check(`answers ${outcome} to ${what} Content-MD5`, async (s3) => {
      const key = s3.newKey()
      const headers = { 'content-md5': value }
      const request = { method: 'PUT', url: s3.url(key), headers, body: 'hello' }

      expect((await s3.sendSigned(request)).outcome).toBe(outcome)
      expect(await s3.stored(key)).toBe(outcome === '200' ? 'hello' : undefined)
    })
  }

  for (const [algorithm, value] of Object.entries(checksumsOfHello)) {
    const name = `x-amz-checksum-${algorithm}`

    for (const withName of [true, false]) {
      const how = withName ? 'with the algorithm named' : 'alone'
      const naming: Record<string, string> = withName
        ? { 'x-amz-sdk-checksum-algorithm': algorithm.toUpperCase() }
        : {}

      check(`verifies and echoes ${name} ${how}`, async (s3) => {
        const headers = { [name]: value, ...naming }
        const request = { method: 'PUT', url: s3.url(s3.newKey()), headers, body: 'hello' }
        const response = await s3.sendSigned(request)

        expect(response.outcome).toBe('200')
        expect(response.headers[name]).toBe(value)
      })

      check(`refuses a wrong ${name} ${how}`, async (s3) => {
        const key = s3.newKey()
        const headers = { [name]: value, ...naming }
        const request = { method: 'PUT', url: s3.url(key), headers, body: 'hallo' }

        expect((await s3.sendSigned(request)).outcome).toBe('400 BadDigest')
        expect(await s3.stored(key)).toBeUndefined()
      })
    }
  }

  check('refuses two checksums', async (s3) => {
    const headers = {
      'x-amz-checksum-crc32': checksumsOfHello.crc32,
      'x-amz-checksum-sha1': checksumsOfHello.sha1,
    }
    const request = { method: 'PUT', url: s3.url(s3.newKey()), headers, body: 'hello' }

    expect((await s3.sendSigned(request)).outcome).toBe('400 InvalidRequest')
  })

  check('refuses a checksum that cannot be one', async (s3) => {
    const headers = { 'x-amz-checksum-sha256': checksumsOfHello.crc32 }
    const request = { method: 'PUT', url: s3.url(s3.newKey()), headers, body: 'hello' }

    expect((await s3.sendSigned(request)).outcome).toBe('400 InvalidRequest')
  })

  check('writes with If-None-Match: * only where nothing is', async (s3) => {
    const url = s3.url(s3.newKey())
    const headers = { 'if-none-match': '*' }
    const first = await s3.sendSigned({ method: 'PUT', url, headers, body: 'first' })
    const second = await s3.sendSigned({ method: 'PUT', url, headers, body: 'second' })

    expect([first.outcome, second.outcome]).toEqual(['200', '412 PreconditionFailed'])
    expect((await s3.sendSigned({ method: 'GET', url })).text).toBe('first')
  })

  check('writes with If-Match only over that object', async (s3) => {
    const url = s3.url(await s3.put('hello'))
    const other = { method: 'PUT', url, headers: { 'if-match': '"other"' }, body: 'no' }
    const same = '"5d41402abc4b2a76b9719d911017c592"'

    expect((await s3.sendSigned(other)).outcome).toBe('412 PreconditionFailed')
    expect((await s3.sendSigned({ ...other, headers: { 'if-match': same } })).outcome).toBe('200')
  })

  check('refuses a body without a length', async (s3) => {
    const request = await s3.presigned({ method: 'PUT', url: s3.url(s3.newKey()), body: 'hello' })
    const response = await s3.send({ ...request, headers: { 'transfer-encoding': 'chunked' } })

    expect(response.outcome).toBe('411 MissingContentLength')
  })

  check('refuses a body of more than 5 GiB before it is sent', async (s3) => {
    const headers = { 'content-length': String(5 * 1024 ** 3 + 1), expect: '100-continue' }
    const { url } = await s3.presigned({ method: 'PUT', url: s3.url(s3.newKey()) })
    const response = await s3.send({ method: 'PUT', url, headers })

    expect(response.outcome).toBe('400 EntityTooLarge')
  })

  check('keeps twenty writes at once to one key apart', async (s3) => {
    const url = s3.url(s3.newKey())
    const contents = Array.from({ length: 20 }, (_, index) => String(index).repeat(50_000))
    await Promise.all(contents.map((body) => s3.sendSigned({ method: 'PUT', url, body })))

    expect(contents).toContain((await s3.sendSigned({ method: 'GET', url })).text)
  })
})
