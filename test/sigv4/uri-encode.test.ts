import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { uriEncode, uriEncodePath } from '../../src/sigv4/uri-encode.js'
import { awkwardText, fixedRuns } from './generated-requests.js'

describe('uriEncode', () => {
  test.each([
    ['AZaz09-._~', 'AZaz09-._~'],
    ['a b', 'a%20b'],
    ['a/b', 'a%2Fb'],
    ["!'()*+", '%21%27%28%29%2A%2B'],
    ['é😀', '%C3%A9%F0%9F%98%80'],
    ['%41', '%2541'],
    ['\u0000\n', '%00%0A'],
  ])('writes %j as %j', (text, encoded) => {
    expect(uriEncode(text)).toBe(encoded)
  })

  test('leaves only unreserved characters and upper-case escapes, and can be decoded', () => {
    fc.assert(
      fc.property(fc.oneof(awkwardText, fc.string({ unit: 'grapheme' })), (text) => {
        const encoded = uriEncode(text)

        expect(encoded).toMatch(/^(?:[A-Za-z0-9\-._~]|%[0-9A-F]{2})*$/)
        expect(decodeURIComponent(encoded)).toBe(text)
      }),
      fixedRuns,
    )
  })

  test('refuses half a character', () => {
    expect(() => uriEncode('\ud83d')).toThrow(URIError)
  })
})

test('uriEncodePath keeps slashes and encodes the rest', () => {
  expect(uriEncodePath('/a b//c+d/%2F')).toBe('/a%20b//c%2Bd/%252F')
  expect(uriEncodePath('/plain/path')).toBe('/plain/path')
})
