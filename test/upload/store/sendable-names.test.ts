import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { fileDescriptionSchema } from '../../../src/protocol/requests.js'
import {
  sendableName,
  sendablePath,
  sendableType,
} from '../../../src/upload/store/sendable-names.js'

const odd = {
  long: `${'n'.repeat(2000)}.tar.jpeg`,
  longWithoutExtension: 'n'.repeat(2000),
  longExtension: `a.${'n'.repeat(2000)}`,
  pairAtTheCut: `${'😀'.repeat(1000)}.txt`,
  oddPairAtTheCut: `x${'😀'.repeat(1000)}.txt`,
  loneSurrogate: 'a\uD83D.txt',
  control: 'a\u0000\r\n\u202E.txt',
  empty: '',
  dots: '..',
}

describe('a name', () => {
  it.each(Object.entries(odd))('%s is one that every endpoint takes', (_, name) => {
    const sent = sendableName(name)

    const id = '7c5a3f4e-2c7d-4f0b-9a64-1a5d8f7f2b10'
    const parsed = v.safeParse(fileDescriptionSchema, { id, name: sent, type: '', size: 1 })
    expect(parsed.success).toBe(true)
    expect(() => encodeURIComponent(sent)).not.toThrow()
  })

  it('that is too long is shortened before its extension', () => {
    expect(sendableName(odd.long)).toMatch(/^n{1019}\.jpeg$/)
  })

  it('that can be sent stays as it is', () => {
    expect(sendableName('Träume 😀.txt')).toBe('Träume 😀.txt')
    expect(sendableName('n'.repeat(1024))).toBe('n'.repeat(1024))
  })
})

describe('a path', () => {
  it('that is too long loses its outer folders', () => {
    const path = `${'folder/'.repeat(3000)}a.txt`

    const sent = sendablePath(path)

    expect(sent.length).toBeLessThanOrEqual(4096)
    expect(sent).toMatch(/^(folder\/){584}a\.txt$/)
  })

  it('of one segment that is too long is shortened', () => {
    expect(sendablePath('n'.repeat(5000))).toHaveLength(1024)
  })

  it('that can be sent stays as it is', () => {
    expect(sendablePath('a/b/c.txt')).toBe('a/b/c.txt')
  })
})

describe('a type', () => {
  it('that is too long is none', () => {
    expect(sendableType(`x/${'y'.repeat(300)}`)).toBe('')
    expect(sendableType('image/png')).toBe('image/png')
  })
})
