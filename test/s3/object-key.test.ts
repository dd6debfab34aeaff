import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeObjectKey, objectKeyProblem } from '../../src/s3/object-key.js'

const text = fc.string({ unit: 'grapheme', maxLength: 30 })
const fixedRuns = { seed: 3986, numRuns: 500 }

describe('encodeObjectKey', () => {
  test.each([
    ['user/user1/photo.jpg', 'user/user1/photo.jpg'],
    ["a b/é+(1)~*'!.txt", 'a%20b/%C3%A9%2B%281%29~%2A%27%21.txt'],
    ['100%/%2F', '100%25/%252F'],
    ['日本/😀', '%E6%97%A5%E6%9C%AC/%F0%9F%98%80'],
    ['?#&=@:$,;[]', '%3F%23%26%3D%40%3A%24%2C%3B%5B%5D'],
  ])('writes %j as %j', (key, encoded) => {
    expect(encodeObjectKey(key)).toBe(encoded)
  })

  test('keeps composed and decomposed letters apart', () => {
    expect(encodeObjectKey('\u00e9')).toBe('%C3%A9')
    expect(encodeObjectKey('e\u0301')).toBe('e%CC%81')
  })

  test('leaves only unreserved characters, slashes and escapes, and can be decoded', () => {
    fc.assert(
      fc.property(text, (key) => {
        const encoded = encodeObjectKey(key)

        expect(encoded).toMatch(/^(?:[A-Za-z0-9\-._~/]|%[0-9A-F]{2})*$/)
        expect(decodeURIComponent(encoded)).toBe(key)
      }),
      fixedRuns,
    )
  })

  test('keeps the number of segments', () => {
    fc.assert(
      fc.property(text, (key) => {
        expect(encodeObjectKey(key).split('/')).toHaveLength(key.split('/').length)
      }),
      fixedRuns,
    )
  })

  test('refuses half a character', () => {
    expect(() => encodeObjectKey('\udc00')).toThrow(URIError)
  })
})

describe('objectKeyProblem', () => {
  test.each([
    'photo.jpg',
    'a/b/c',
    '.hidden',
    'a..b/...',
    "a b/é+(1)~*'!.txt",
    '日本/😀',
    'a'.repeat(1024),
  ])('finds none in %j', (key) => {
    expect(objectKeyProblem(key)).toBeUndefined()
  })

  test.each([
    ['', 'is empty'],
    ['/a', 'empty segment'],
    ['a/', 'empty segment'],
    ['a//b', 'empty segment'],
    ['/', 'empty segment'],
    ['.', '"." or ".." segment'],
    ['a/./b', '"." or ".." segment'],
    ['a/../../b', '"." or ".." segment'],
    ['a\u0000b', 'control character'],
    ['a\nb', 'control character'],
    ['a\u007f', 'control character'],
    ['a\u0085', 'control character'],
    ['\ud83d', 'lone surrogate'],
    ['a\udc00b', 'lone surrogate'],
  ])('says of %j: %s', (key, problem) => {
    expect(objectKeyProblem(key)).toContain(problem)
  })

  test('counts bytes, not characters', () => {
    expect(objectKeyProblem('😀'.repeat(256))).toBeUndefined()
    expect(objectKeyProblem('😀'.repeat(400))).toBe('is 1600 bytes long; S3 allows 1024')
  })

  test('lets no key pass that a URL would change', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('.', '/', 'a', '%', '\\', ' ') }), (key) => {
        fc.pre(objectKeyProblem(key) === undefined)
        const path = `/${encodeObjectKey(key)}`

        expect(new URL(path, 'https://bucket.example').pathname).toBe(path)
      }),
      fixedRuns,
    )
  })
})
