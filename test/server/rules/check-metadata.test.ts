import { createSigningHandler, verifyReceipt } from 's3-direct-upload/server'
import * as v from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import type { StoredUpload } from '../../../src/server/contract/files.js'
import type { StandardSchema } from '../../../src/server/contract/standard-schema.js'
import {
  bucketOf,
  file,
  jsonRequest,
  options,
  secret,
  startOfTests,
  storedPhoto,
} from '../handler-setup.js'

const albumSchema = v.object({
  album: v.pipe(v.string(), v.regex(/^\d+$/, 'must be a number'), v.transform(Number)),
  caption: v.optional(v.string(), 'without a caption'),
})

/** A handler with a schema, and what its hook was called with. */
function createAlbumHandler(
  schema: StandardSchema<{ album: number; caption: string }> = albumSchema,
) {
  const onUploadComplete = vi.fn((upload: StoredUpload<{ album: number; caption: string }>) => ({
    next: upload.metadata.album + 1,
  }))
  const onError = vi.fn()
  const key = vi.fn(
    ({ unique, metadata }: { unique: string; metadata: { album: number } }) =>
      `${metadata.album}/${unique}`,
  )
  // It is typed for texts.
  const { storage: _, ...untyped } = options
  const handler = createSigningHandler({
    ...untyped,
    fetch: bucketOf(storedPhoto),
    metadata: schema,
    key,
    onUploadComplete,
    onError,
  })
  const post = async (body: unknown) => (await handler(jsonRequest(body))).json()
  return { post, onUploadComplete, onError }
}

describe('the metadata schema', () => {
  it('makes what hooks, keys and receipts carry', async () => {
    const { post, onUploadComplete } = createAlbumHandler()

    const signed = await post({
      operation: 'sign-uploads',
      files: [file({ metadata: { album: '7' } })],
    })
    const completed = await post({
      operation: 'complete-uploads',
      uploads: [{ token: signed.files[0].token }],
    })

    expect(signed.files[0].key).toMatch(/^files\/7\//)
    const { metadata } = onUploadComplete.mock.calls[0]?.[0] ?? {}
    expect(metadata).toEqual({ album: 7, caption: 'without a caption' })
    expect(completed.uploads[0].result).toEqual({ next: 8 })
    const receipt = await verifyReceipt<{ album: number }>(completed.uploads[0].receipt, {
      secret,
      owner: 'ada',
      now: () => startOfTests,
    })
    expect(receipt.metadata.album.toFixed(1)).toBe('7.0')
  })

  it('refuses a file alone, and names the field', async () => {
    const { post } = createAlbumHandler()

    const { files } = await post({
      operation: 'sign-uploads',
      files: [file({ metadata: { album: '7' } }), file({ metadata: { album: 'seven' } }), file()],
    })

    expect(files).toMatchObject([
      { method: 'POST' },
      {
        error: {
          code: 'invalid-request',
          message: 's3-direct-upload: files.1.metadata.album: must be a number',
        },
      },
      {
        error: {
          code: 'invalid-request',
          message: expect.stringMatching(/^s3-direct-upload: files\.2\.metadata\.album: /),
        },
      },
    ])
  })

  it('may be of any library, and wait', async () => {
    const handmade: StandardSchema<{ album: number; caption: string }> = {
      '~standard': {
        version: 1,
        vendor: 'tests',
        validate: async () => ({
          issues: [{ message: `is refused. ${'x'.repeat(1000)}`, path: [{ key: 'a' }, 0] }],
        }),
      },
    }
    const { post } = createAlbumHandler(handmade)

    const { files } = await post({ operation: 'sign-uploads', files: [file()] })

    expect(files[0].error.message).toMatch(
      /^s3-direct-upload: files\.0\.metadata\.a\.0: is refused\. x+…$/,
    )
    expect(files[0].error.message.length).toBeLessThan(300)
  })

  it.each<[string, unknown]>([
    ['something else than an object', 7],
    ['something else than an object', [1]],
  ])('has the file refused and onError told when it returns %s', async (problem, value) => {
    // Deliberately not what the types ask for.
    const schema = { '~standard': { version: 1, vendor: 'tests', validate: () => ({ value }) } }
    const { post, onError } = createAlbumHandler(
      schema as unknown as StandardSchema<{ album: number; caption: string }>,
    )

    const { files } = await post({ operation: 'sign-uploads', files: [file()] })

    expect(files).toMatchObject([{ error: { code: 'internal-error' } }])
    expect(String(onError.mock.calls[0]?.[0])).toContain(problem)
  })

  it('may not return more than a token carries', async () => {
    const { post } = createAlbumHandler({
      '~standard': {
        version: 1,
        vendor: 'tests',
        validate: () => ({ value: { album: 7, caption: 'x'.repeat(2048) } }),
      },
    })

    const { files } = await post({ operation: 'sign-uploads', files: [file()] })

    expect(files).toMatchObject([{ error: { code: 'invalid-request' } }])
  })
})
