import { describe, expect, it, vi } from 'vitest'
import type { SigningOptions } from '../../../src/server/contract/signing-options.js'
import { SigningError } from '../../../src/server/errors/signing-error.js'
import { bucketOf, createTestHandler, file, storedPhoto } from '../handler-setup.js'

/** Signs a photo and completes it; the bucket answers as `changes.fetch` says. */
async function signAndComplete(changes: Partial<SigningOptions>) {
  const server = createTestHandler(changes)
  const signed = await server.signOne({ relativePath: 'trip/photo.jpg', metadata: { album: 'a' } })
  const { uploads } = await server.run('complete-uploads', { uploads: [{ token: signed.token }] })
  return { signed, upload: uploads[0] }
}

describe('complete-uploads', () => {
  it('returns what S3 has stored, with a receipt', async () => {
    const { signed, upload } = await signAndComplete({ fetch: bucketOf(storedPhoto) })

    expect(upload).toEqual({
      id: signed.id,
      key: signed.key,
      size: 1234,
      etag: '"9b2cf535f27731c974343645a3985328"',
      contentType: 'image/jpeg',
      receipt: expect.stringMatching(/^v1\./),
    })
  })

  it('tells the app and passes its answer on', async () => {
    const onUploadComplete = vi.fn(async () => ({ documentId: 7, at: new Date(0) }))

    const { signed, upload } = await signAndComplete({
      fetch: bucketOf(storedPhoto),
      onUploadComplete,
    })

    expect(onUploadComplete.mock.calls).toEqual([
      [
        {
          id: signed.id,
          bucket: 'uploads',
          key: signed.key,
          size: 1234,
          etag: '"9b2cf535f27731c974343645a3985328"',
          contentType: 'image/jpeg',
          owner: 'ada',
          name: 'photo.jpg',
          relativePath: 'trip/photo.jpg',
          metadata: { album: 'a' },
        },
        { owner: 'ada' },
      ],
    ])
    expect(upload).toMatchObject({ result: { documentId: 7, at: '1970-01-01T00:00:00.000Z' } })
  })

  it('tells the app once of an upload that a request names several times', async () => {
    const onUploadComplete = vi.fn(async ({ key }: { readonly key: string }) => ({ key }))
    const server = createTestHandler({ fetch: bucketOf(storedPhoto), onUploadComplete })
    const [one, two] = [await server.signOne(), await server.signOne()]
    const tokens = [...Array(50).fill(one.token), two.token, ...Array(49).fill(one.token)]

    const { uploads } = await server.run('complete-uploads', {
      uploads: tokens.map((token) => ({ token })),
    })

    expect(onUploadComplete.mock.calls.map(([{ key }]) => key).sort()).toEqual(
      [one.key, two.key].sort(),
    )
    expect(uploads[99]).toEqual(uploads[0])
    expect(uploads.every((upload) => 'receipt' in upload)).toBe(true)
    expect(uploads[50]).toMatchObject({ key: two.key })
  })

  it('overlooks how S3 writes the content type', async () => {
    const fetch = bucketOf({ ...storedPhoto, 'content-type': 'text/plain;charset=utf-8' })
    const server = createTestHandler({ fetch })
    const { token } = await server.signOne({ type: 'text/plain; charset=UTF-8' })

    const { uploads } = await server.run('complete-uploads', { uploads: [{ token }] })

    expect(uploads[0]).toHaveProperty('receipt')
  })

  it.each([
    ['upload-not-found', async () => new Response(null, { status: 404 }), true],
    ['size-mismatch', bucketOf({ ...storedPhoto, 'content-length': '12340' }), false],
    ['type-mismatch', bucketOf({ ...storedPhoto, 'content-type': 'text/html' }), false],
    ['type-mismatch', bucketOf({ 'content-length': '1234', etag: '"x"' }), false],
  ])('answers %s without telling the app', async (code, fetch, retryable) => {
    const onUploadComplete = vi.fn()

    const { signed, upload } = await signAndComplete({ fetch, onUploadComplete })

    expect(upload).toMatchObject({ id: signed.id, error: { code, retryable } })
    expect(onUploadComplete).not.toHaveBeenCalled()
  })

  it('overlooks a charset that the storage adds, and keeps the type that was signed', async () => {
    const fetch = bucketOf({ ...storedPhoto, 'content-type': 'image/jpeg;charset=UTF-8' })

    const { upload } = await signAndComplete({ fetch })

    expect(upload).toMatchObject({ receipt: expect.any(String), contentType: 'image/jpeg' })
  })

  it.each([
    ['12340 bytes; 1234 were signed', bucketOf({ ...storedPhoto, 'content-length': '12340' })],
    ['"text/html"; "image/jpeg" was', bucketOf({ ...storedPhoto, 'content-type': 'text/html' })],
    ['""; "image/jpeg" was signed', bucketOf({ 'content-length': '1234', etag: '"x"' })],
  ])('tells the operator that the storage says %s', async (facts, fetch) => {
    const onError = vi.fn()

    await signAndComplete({ fetch, onError })

    expect(onError).toHaveBeenCalledTimes(1)
    expect(String(onError.mock.calls[0]?.[0]?.cause)).toContain(facts)
  })

  it.each([
    ['lists it', true, 'storage-refused'],
    ['does not list it', false, 'upload-not-found'],
  ])(
    'tells a file that may not be read from a missing one: the bucket %s',
    async (_, listed, code) => {
      const denied = '<Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>'
      const fetch = async ({ url }: Request) => {
        const key = new URL(url).searchParams.get('prefix')
        if (key === null) return new Response(denied, { status: 403 })
        const contents = listed ? `<Contents><Key>${key}</Key></Contents>` : ''
        return new Response(`<ListBucketResult>${contents}</ListBucketResult>`)
      }
      const onError = vi.fn()

      const { upload } = await signAndComplete({ fetch, onError })

      expect(upload).toMatchObject({ error: { code } })
      expect(String(onError.mock.calls[0]?.[0]?.cause)).toContain('s3:GetObject')
    },
  )

  it.each<[string, SigningOptions['onUploadComplete']]>([
    ['throws', () => Promise.reject(new Error('database away'))],
    ['returns what JSON cannot hold', () => ({ count: 1n })],
  ])('can be repeated when the app %s', async (_, onUploadComplete) => {
    const onError = vi.fn()

    const { upload } = await signAndComplete({
      fetch: bucketOf(storedPhoto),
      onUploadComplete,
      onError,
    })

    expect(upload).toMatchObject({ error: { code: 'completion-failed', retryable: true } })
    expect(JSON.stringify(upload)).not.toContain('database')
    expect(onError).toHaveBeenCalledTimes(1)
  })

  it('passes on a refusal of the app', async () => {
    const onUploadComplete = () => {
      throw new SigningError('forbidden', 'Your storage is full.')
    }

    const { upload } = await signAndComplete({ fetch: bucketOf(storedPhoto), onUploadComplete })

    expect(upload).toMatchObject({ error: { code: 'forbidden', message: 'Your storage is full.' } })
  })

  it('answers a batch in order, with each refusal in its place', async () => {
    const server = createTestHandler({ fetch: bucketOf(storedPhoto) })
    const [good, small] = [await server.signOne(), await server.signOne({ size: 1 })]
    const tokens = [good.token, 'nonsense', small.token, good.token]

    const { uploads } = await server.run('complete-uploads', {
      uploads: tokens.map((token) => ({ token })),
    })

    expect(uploads.map((upload) => ('error' in upload ? upload.error.code : 'complete'))).toEqual([
      'complete',
      'invalid-token',
      'size-mismatch',
      'complete',
    ])
  })

  it('goes on past a malformed upload', async () => {
    const server = createTestHandler({ fetch: bucketOf(storedPhoto) })
    const { token } = await server.signOne()

    const { uploads } = await server.run('complete-uploads', {
      uploads: [{ token: 7 }, { token }],
    })

    expect(uploads).toMatchObject([
      {
        error: {
          code: 'invalid-request',
          message: expect.stringMatching(/^s3-direct-upload: uploads\.0\.token: /),
        },
      },
      { receipt: expect.any(String) },
    ])
  })

  it('looks at 16 objects at a time', async () => {
    let open = 0
    let most = 0
    const fetch = async () => {
      open += 1
      most = Math.max(most, open)
      await Promise.resolve()
      open -= 1
      return new Response(null, { headers: storedPhoto })
    }
    const server = createTestHandler({ fetch })
    const { files } = await server.run('sign-uploads', {
      files: Array.from({ length: 100 }, () => file()),
    })
    const tokens = files.map((signed) => ('token' in signed ? signed.token : ''))

    const { uploads } = await server.run('complete-uploads', {
      uploads: tokens.map((token) => ({ token })),
    })

    expect(uploads.every((upload) => 'receipt' in upload)).toBe(true)
    expect(most).toBeLessThanOrEqual(16)
  })
})

describe('the token', () => {
  const fetch = bucketOf(storedPhoto)

  it.each<[string, Partial<SigningOptions>, Record<string, string>]>([
    ['another owner', {}, { 'x-user': 'bob' }],
    ['another handler', { name: 'avatars' }, {}],
    ['another bucket', { bucket: 'other' }, {}],
    ['another prefix', { prefix: 'avatars/' }, {}],
    ['another secret', { secret: 'another secret of the tests, also long enough' }, {}],
  ])('is worthless to %s, and S3 is not asked', async (_, changes, headers) => {
    const { token } = await createTestHandler().signOne()
    const asked = vi.fn(fetch)
    const server = createTestHandler({ ...changes, fetch: asked })

    const { uploads } = await server.run('complete-uploads', { uploads: [{ token }] }, headers)

    expect(uploads).toEqual([{ error: expect.objectContaining({ code: 'invalid-token' }) }])
    expect(asked).not.toHaveBeenCalled()
  })

  it('is not a receipt', async () => {
    const { upload } = await signAndComplete({ fetch })
    const receipt = upload !== undefined && 'receipt' in upload ? upload.receipt : ''

    const { uploads } = await createTestHandler({ fetch }).run('complete-uploads', {
      uploads: [{ token: receipt }],
    })

    expect(uploads).toMatchObject([{ error: { code: 'invalid-token' } }])
  })

  it('of an upload that is too old says which one', async () => {
    const { token, id } = await createTestHandler().signOne()
    const now = () => new Date('2026-03-05T05:06:07.000Z')

    const { uploads } = await createTestHandler({ fetch, now }).run('complete-uploads', {
      uploads: [{ token }],
    })

    expect(uploads).toMatchObject([{ id, error: { code: 'expired-token', retryable: false } }])
  })
})
