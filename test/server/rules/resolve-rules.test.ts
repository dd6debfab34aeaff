import { describe, expect, it, vi } from 'vitest'
import type { SigningOptions } from '../../../src/server/contract/signing-options.js'
import { createTestHandler, errorOf, file } from '../handler-setup.js'

const twoFiles = [file({ size: 10 }), file({ id: crypto.randomUUID(), size: 20 })]

describe('rules as a function', () => {
  it('are asked once for a request, with its caller and what it wants', async () => {
    const rules = vi.fn(() => ({ maxFileSize: 15 }))
    const server = createTestHandler({ rules })

    const { files } = await server.run('sign-uploads', { files: [...twoFiles, { id: 'x' }] })

    expect(rules.mock.calls).toEqual([
      [
        { owner: 'ada' },
        {
          totalBytes: 30,
          files: [expect.objectContaining({ size: 10, name: 'photo.jpg' }), expect.anything()],
        },
      ],
    ])
    expect(files).toMatchObject([
      { method: 'POST' },
      { error: { code: 'file-too-large' } },
      { error: { code: 'invalid-request' } },
    ])
  })

  it('differ from caller to caller', async () => {
    const server = createTestHandler({
      rules: async ({ owner }) => ({ maxFiles: owner === 'ada' ? 2 : 1 }),
    })
    const request = { operation: 'sign-uploads', files: twoFiles }

    expect((await server.post(request)).status).toBe(200)
    expect((await server.post(request, { 'x-user': 'eve' })).status).toBe(422)
  })

  it.each<[string, unknown]>([
    ['rules: must be an object', undefined],
    ['rules: must be an object', new Response(null, { status: 404 })],
    ['rules: must be an object', new Error('no')],
    ['rules: must be an object', new Map([['maxFileSize', 1]])],
    ['rules: must be an object', []],
    ['rules.maxFileSize: must be bytes', { maxFileSize: 'huge' }],
    ['rules.maxfiles: is not known. Did you mean rules.maxFiles?', { maxfiles: 3 }],
    ['rules.minFileSize: is above', { minFileSize: 2, maxFileSize: 1 }],
  ])('sign nothing and tell onError that %s', async (problem, value) => {
    const onError = vi.fn()
    // Deliberately not what the types ask for.
    const rules = (() => value) as unknown as NonNullable<SigningOptions['rules']>
    const server = createTestHandler({ rules, onError })

    const response = await server.post({ operation: 'sign-uploads', files: twoFiles })

    expect(await errorOf(response)).toMatchObject({ status: 500, code: 'internal-error' })
    expect(String(onError.mock.calls[0]?.[0])).toContain(`- ${problem}`)
  })
})
