import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canonicalHeaders,
  canonicalQuery,
  canonicalRequest,
  canonicalUri,
  stringToSign,
} from '../../src/sigv4/canonical-request.js'
import { uriEncodePath } from '../../src/sigv4/uri-encode.js'
import { fixedRuns, objectKeys, queries } from './generated-requests.js'
import { presignedUrls } from './vectors.js'

describe('canonicalUri', () => {
  test.each([
    ['', '/'],
    ['/', '/'],
    ['/plain/key.txt', '/plain/key.txt'],
    ["/a b+(1)*'!~", '/a%20b%2B%281%29%2A%27%21~'],
    ['/%7e%c3%a9%2b', '/~%C3%A9%2B'],
    ['/a%2Fb', '/a/b'],
    ['/%2541', '/%2541'],
    ['/%61', '/a'],
  ])('writes %j as %j', (pathname, canonical) => {
    expect(canonicalUri(pathname)).toBe(canonical)
  })

  test.each(['//a//b/', '/./a/../b'])('keeps %j, because S3 does not normalise paths', (path) => {
    expect(canonicalUri(path)).toBe(path)
  })

  test.each([
    ['/100%', '/100%25'],
    ['/%zz', '/%25zz'],
    ['/%ff', '/%FF'],
  ])('writes the malformed %j as %j', (pathname, canonical) => {
    expect(canonicalUri(pathname)).toBe(canonical)
  })

  test('does not depend on how the path came encoded', () => {
    fc.assert(
      fc.property(objectKeys, (key) => {
        const encoded = `/${uriEncodePath(key)}`

        expect(canonicalUri(encoded)).toBe(encoded)
        expect(canonicalUri(encodeURI(`/${key}`))).toBe(encoded)
      }),
      fixedRuns,
    )
  })
})

describe('canonicalQuery', () => {
  test.each([
    ['', ''],
    ['?', ''],
    ['?uploads', 'uploads='],
    ['?b=2&a=1', 'a=1&b=2'],
    ['?a=2&a=1', 'a=1&a=2'],
    ['?a-b=1&a=2', 'a=2&a-b=1'],
    ['?B=1&a=2', 'B=1&a=2'],
    ['?a=x+y&b=x%2By', 'a=x%20y&b=x%2By'],
    ["?a=~*'!()", 'a=~%2A%27%21%28%29'],
    ['?a=b=c', 'a=b%3Dc'],
    ['?%C3%A9=%E6%97%A5', '%C3%A9=%E6%97%A5'],
    ['a=1', 'a=1'],
    ['?a=%', 'a=%25'],
  ])('writes %j as %j', (search, canonical) => {
    expect(canonicalQuery(search)).toBe(canonical)
  })

  test('leaves out what is excluded, by exact name', () => {
    const query = canonicalQuery('?X-Amz-Signature=s&x-amz-signature=t&a=1', ['X-Amz-Signature'])

    expect(query).toBe('a=1&x-amz-signature=t')
  })

  test('is the same when applied twice', () => {
    fc.assert(
      fc.property(queries, (query) => {
        const once = canonicalQuery(`?${query}`)

        expect(canonicalQuery(`?${once}`)).toBe(once)
      }),
      fixedRuns,
    )
  })
})

describe('canonicalHeaders', () => {
  test('trims and collapses white space', () => {
    const lines = canonicalHeaders([['My-Header', '  a   b \t c ']], ['my-header'])

    expect(lines).toBe('my-header:a b c\n')
  })

  test('keeps a no-break space', () => {
    const lines = canonicalHeaders([['my-header', '\u00a0a\u00a0']], ['my-header'])

    expect(lines).toBe('my-header:\u00a0a\u00a0\n')
  })

  test('joins repeated headers in the order in which they came', () => {
    const headers: [string, string][] = [
      ['my-header', 'b'],
      ['My-Header', 'a '],
    ]

    expect(canonicalHeaders(headers, ['my-header'])).toBe('my-header:b,a\n')
  })

  test('writes the signed headers alone, a missing one without value', () => {
    const headers = new Headers({ host: 'h', other: 'o' })

    expect(canonicalHeaders(headers, ['absent', 'host'])).toBe('absent:\nhost:h\n')
  })
})

describe('the example of the AWS documentation', () => {
  const { documentation } = presignedUrls
  const search = documentation.canonicalRequest.split('\n')[2]
  const url = new URL(`${documentation.url}?${search}&X-Amz-Signature=${documentation.signature}`)
  const canonical = canonicalRequest({
    method: 'get',
    url,
    headers: [['Host', url.host]],
    signedHeaders: ['host'],
    payloadHash: 'UNSIGNED-PAYLOAD',
    excludeQuery: ['X-Amz-Signature'],
  })

  test('gives its canonical request', () => {
    expect(canonical).toBe(documentation.canonicalRequest)
  })

  test('gives its string to sign', async () => {
    const text = stringToSign({
      date: new Date(documentation.date),
      scope: documentation.scope,
      canonicalRequest: canonical,
    })

    expect(text.split('\n')).toEqual([
      'AWS4-HMAC-SHA256',
      '20130524T000000Z',
      documentation.scope,
      documentation.canonicalRequestHash,
    ])
  })
})
