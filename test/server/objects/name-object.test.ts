import { describe, expect, it, vi } from 'vitest'
import type { SigningOptions } from '../../../src/server/contract/signing-options.js'
import { SigningError } from '../../../src/server/errors/signing-error.js'
import { createTestHandler, file } from '../handler-setup.js'
import { createPair } from '../multipart-setup.js'

type Key = NonNullable<SigningOptions['key']>

const byOwner: Key = ({ unique, safeName }, { owner }) => `${owner}/${unique}-${safeName}`

describe('the key function', () => {
  it('names the object below the prefix', async () => {
    const server = createTestHandler({ key: byOwner })

    const { key } = await server.signOne({ name: '../Ünï code.JPG' })

    expect(key).toMatch(/^files\/ada\/[0-9a-f]{32}-Uni-code\.JPG$/)
  })

  it('knows the file, what was sent along, and the caller', async () => {
    const key = vi.fn<Key>(async ({ unique }) => unique)
    const server = createTestHandler({ key })

    await server.signOne({ relativePath: 'a/photo.jpg', metadata: { album: '7' } })

    expect(key.mock.calls).toEqual([
      [
        {
          ...file({ relativePath: 'a/photo.jpg', metadata: { album: '7' } }),
          contentType: 'image/jpeg',
          unique: expect.stringMatching(/^[0-9a-f]{32}$/),
          safeName: 'photo.jpg',
        },
        { owner: 'ada' },
      ],
    ])
  })

  it('gives a multipart upload the same key again when its answer was lost', async () => {
    const { sign, s3 } = createPair({ options: { key: byOwner } })
    const first = await sign()

    const again = await sign({}, 2)

    expect(again.key).toBe(first.key)
    expect(await s3.uploads('uploads')).toHaveLength(1)
  })

  it('cannot make two uploads of one key', async () => {
    const server = createTestHandler({ key: byOwner })

    const keys = [await server.signOne(), await server.signOne()].map(({ key }) => key)

    expect(new Set(keys).size).toBe(2)
  })

  it.each<[string, (unique: string) => unknown]>([
    ['does not contain file.unique', () => 'avatar.jpg'],
    ['is not text', () => undefined],
    ['has an empty segment', (unique) => `/${unique}`],
    ['has an empty segment', (unique) => `a//${unique}`],
    ['has an empty segment', (unique) => `${unique}/`],
    ['has a "." or ".." segment', (unique) => `../${unique}`],
    ['has a "." or ".." segment', (unique) => `a/./${unique}`],
    ['contains a control character', (unique) => `${unique}\n`],
    ['contains a control character', (unique) => `${unique}\0`],
    ['contains a backslash', (unique) => `..\\${unique}`],
    ['contains "$"', (unique) => `$$${unique}`],
    ['contains "$"', (unique) => `${unique}/\${filename}`],
    ['contains half a character', (unique) => `${unique}\ud800`],
    ['bytes long', (unique) => `${unique}${'é'.repeat(500)}`],
  ])('has only its file refused when the key %s', async (problem, keyOf) => {
    const onError = vi.fn()
    const key = (({ name, unique }) => (name === 'bad' ? keyOf(unique) : unique)) as Key
    const server = createTestHandler({ key, onError })

    const { files } = await server.run('sign-uploads', { files: [file({ name: 'bad' }), file()] })

    expect(files).toMatchObject([{ error: { code: 'internal-error' } }, { method: 'POST' }])
    expect(onError.mock.calls).toHaveLength(1)
    expect(String(onError.mock.calls[0]?.[0])).toContain(problem)
  })

  it('has only its file refused when it throws', async () => {
    const onError = vi.fn()
    const key: Key = ({ name, unique }) => {
      if (name === 'bad') throw new RangeError('of the app')
      if (name === 'no') throw new SigningError('forbidden', 'Not this one.')
      return unique
    }
    const server = createTestHandler({ key, onError })

    const { files } = await server.run('sign-uploads', {
      files: [file({ name: 'bad' }), file({ name: 'no' }), file()],
    })

    expect(files).toMatchObject([
      { error: { code: 'internal-error', message: expect.not.stringContaining('of the app') } },
      { error: { code: 'forbidden', message: 'Not this one.' } },
      { method: 'POST' },
    ])
    expect(onError.mock.calls).toEqual([[new RangeError('of the app')]])
  })
})
