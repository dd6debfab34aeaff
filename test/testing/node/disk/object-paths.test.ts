import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ObjectPaths } from '../../../../src/testing/node/disk/object-paths.js'

describe('ObjectPaths', () => {
  for (const key of ['a', 'a/b/c.txt', 'photos/é 日本語.jpg', '.hidden', 'a..b/c']) {
    it(`places "${key}" under its own name`, () => {
      expect(new ObjectPaths().place(key)).toBe(key)
    })
  }

  for (const key of [
    '..',
    'a/../b',
    './a',
    'a//b',
    '/a',
    'a/',
    '/',
    'a\\b',
    'a\0b',
    'CON',
    'a.',
    'a:b',
    `${'x'.repeat(256)}`,
    '.escaped/a',
    '%2e%2e/a*',
  ]) {
    it(`escapes ${JSON.stringify(key).slice(0, 20)} and finds it again`, () => {
      const path = new ObjectPaths().place(key)

      expect(path).toMatch(/^\.escaped(\/[a-z0-9%_-]+\+)*\/[a-z0-9%_-]+$/)
      expect(keyOfPath(path)).toBe(key)
    })
  }

  it('escapes a key whose folder is a file already', () => {
    const paths = new ObjectPaths()

    expect([paths.place('a'), paths.place('a/b')]).toEqual(['a', '.escaped/a%2fb'])
  })

  it('escapes a key that is a folder already', () => {
    const paths = new ObjectPaths()

    expect([paths.place('a/b/c'), paths.place('a/b')]).toEqual(['a/b/c', '.escaped/a%2fb'])
  })

  it('escapes a key that differs only in case', () => {
    const paths = new ObjectPaths()

    expect([paths.place('Photo.jpg'), paths.place('photo.jpg')]).toEqual([
      'Photo.jpg',
      '.escaped/photo%2ejpg',
    ])
  })

  it('keeps the place of a key that is written again', () => {
    const paths = new ObjectPaths()
    paths.place('a/b')
    paths.place('a')

    expect([paths.place('a'), paths.place('a/b')]).toEqual(['.escaped/a', 'a/b'])
  })

  it('gives a place free again', () => {
    const paths = new ObjectPaths()
    paths.place('a/b')
    paths.remove('a/b')

    expect(paths.place('a')).toBe('a')
  })

  it('finds every key again, and no two in one place', () => {
    const segment = fc.oneof(fc.constantFrom('', '.', '..', 'a', 'A', 'b', '.escaped'), fc.string())
    const key = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
    fc.assert(
      fc.property(
        fc.uniqueArray(key.filter((text) => text !== '' && text.isWellFormed())),
        (keys) => {
          const paths = new ObjectPaths()
          const places = keys.map((text) => paths.place(text))

          expect(places.map(keyOfPath)).toEqual(keys)
          expect(new Set(places.map((path) => path.toLowerCase())).size).toBe(keys.length)
          for (const path of places) {
            const isFolderOfAnother = places.some((other) => other.startsWith(`${path}/`))
            expect(isFolderOfAnother).toBe(false)
          }
        },
      ),
    )
  })
})

/** Reads the key back from a path, without any other knowledge. */
function keyOfPath(path: string): string {
  const [first, ...segments] = path.split('/')
  if (first !== '.escaped') return path
  return decodeURIComponent(segments.map((segment) => segment.replace(/\+$/, '')).join(''))
}
