import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fromBase64,
  hmacSha256,
  importHmacKey,
  sha256,
  timingSafeEqual,
  toBase64,
  toHex,
} from '../../src/sigv4/crypto.js'

describe('hmacSha256', () => {
  test('agrees with the test case of RFC 4231 that has a text key', () => {
    const mac = hmacSha256('Jefe', 'what do ya want for nothing?')

    expect(toHex(mac)).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
  })

  test('takes a key as text, as bytes and imported', () => {
    const bytes = new TextEncoder().encode('kéy')
    const imported = importHmacKey(bytes)

    const macs = ['kéy', bytes, imported].map((key) => hmacSha256(key, 'text'))

    expect(new Set(macs.map(toHex)).size).toBe(1)
  })
})

test('sha256 agrees with the digest of nothing', () => {
  const digest = sha256('')

  expect(toHex(digest)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

describe('base64', () => {
  test('comes back as the same bytes and agrees with Node', () => {
    const bytes = fc.uint8Array({ maxLength: 200 })

    fc.assert(
      fc.property(bytes, (original) => {
        const text = toBase64(original)

        expect(text).toBe(Buffer.from(original).toString('base64'))
        expect(fromBase64(text)).toEqual(original)
      }),
      { seed: 1 },
    )
  })

  test('writes text as its UTF-8 bytes', () => {
    expect(toBase64('é')).toBe('w6k=')
  })

  test('refuses text that is not base64', () => {
    expect(() => fromBase64('a*b')).toThrow(DOMException)
  })
})

describe('timingSafeEqual', () => {
  test('finds text and its bytes equal', () => {
    expect(timingSafeEqual('sécret', new TextEncoder().encode('sécret'))).toBe(true)
  })

  test.each([
    ['secret', 'secreT'],
    ['Secret', 'secret'],
    ['secret', 'secret '],
    ['', 'a'],
  ])('tells %j from %j', (a, b) => {
    expect(timingSafeEqual(a, b)).toBe(false)
  })
})
