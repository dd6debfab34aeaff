import { describe, expect, it } from 'vitest'
import { objectKeyProblem } from '../../../src/s3/object-key.js'
import {
  drawKeyComponents,
  makeObjectKey,
  maxPrefixBytes,
  safeFileName,
} from '../../../src/server/objects/object-key-naming.js'

describe('safeFileName', () => {
  it.each([
    ['photo.jpg', 'photo.jpg'],
    ['Holiday Photo (1).JPG', 'Holiday-Photo-1.JPG'],
    ['archive.tar.gz', 'archive.tar.gz'],
    ['Ünïcödé.pdf', 'Unicode.pdf'],
    ['日本.txt', 'file.txt'],
    ['日本', 'file'],
    ['😀.png', 'file.png'],
    ['x\u202Egpj.exe', 'xgpj.exe'],
    ['a\0b.txt', 'a-b.txt'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['/absolute/path.txt', 'path.txt'],
    ['..', 'file'],
    ['.', 'file'],
    ['', 'file'],
    ['folder/', 'file'],
    ['.bashrc', 'file.bashrc'],
    ['-rf.txt', 'rf.txt'],
    ['__proto__', '__proto__'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the literal text that S3 would replace.
    ['${filename}', 'filename'],
    ['a%2f..%2fb.txt', 'a-2f.-2fb.txt'],
    ['half \uD83D.png', 'half.png'],
  ])('writes %j as %s', (name, safe) => {
    expect(safeFileName(name)).toBe(safe)
  })

  it('cuts a long name and keeps its extension', () => {
    const safe = safeFileName(`${'x'.repeat(2000)}.jpeg`)

    expect(safe).toHaveLength(133)
    expect(safe).toMatch(/x\.jpeg$/)
  })
})

describe('a name that was made to take long', () => {
  const count = 300_000

  it.each([
    ['hyphens in its middle', `a${'-'.repeat(count)}b.txt`, 'a'],
    ['dots and hyphens in turn', `a${'.-'.repeat(count)}b`, 'a'],
    ['characters that become many', `${'\ufdfa'.repeat(count / 10)}b.txt`, 'b'],
    ['dots', `${'.'.repeat(count)}b`, 'file'],
    ['accents', `a${'\u0301'.repeat(count)}`, 'a'],
    ['slashes', '/'.repeat(count), 'file'],
  ])('is written at once, with %s', (_, name, start) => {
    const safe = safeFileName(name)

    expect(safe.startsWith(start)).toBe(true)
    expect(safe.length).toBeLessThan(150)
  })
})

describe('makeObjectKey', () => {
  const component = new Uint8Array(16).fill(0xab)

  it('puts 128 bits between prefix and name', () => {
    const key = makeObjectKey({ prefix: 'uploads/', fileName: 'a b.png', component })

    expect(key).toBe(`uploads/${'ab'.repeat(16)}/a-b.png`)
  })

  it('stays a good key with the longest prefix and name', () => {
    const prefix = `${'é'.repeat((maxPrefixBytes - 2) / 2)}x/`

    const key = makeObjectKey({ prefix, fileName: '😀'.repeat(1000), component })

    expect(objectKeyProblem(key)).toBeUndefined()
  })
})

describe('drawKeyComponents', () => {
  it('hands out other bytes each time, all from one draw', () => {
    const asked: number[] = []
    const next = drawKeyComponents(2, (length) => {
      asked.push(length)
      return Uint8Array.from({ length }, (_, index) => index)
    })

    const components = [next(), next()]

    expect(components.map(([first]) => first)).toEqual([0, 16])
    expect([components[1]?.length, asked]).toEqual([16, [32]])
  })

  it('makes no key of fewer bytes than were asked for', () => {
    const next = drawKeyComponents(2, () => new Uint8Array(20))
    next()

    expect(next).toThrow('randomBytes returned fewer bytes than it was asked for')
  })
})
