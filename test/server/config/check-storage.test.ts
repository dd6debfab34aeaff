import {
  createSigningHandler,
  type SigningOptions,
  type StorageOptions,
} from 's3-direct-upload/server'
import { describe, expect, it, vi } from 'vitest'
import type { FileDescription, SignedUpload } from '../../../src/protocol/operations.js'
import { credentials, file, jsonRequest, secret } from '../handler-setup.js'
import { codeOf, createPair, videoBytes } from '../multipart-setup.js'

const everything: StorageOptions = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a form would read it as a variable.
  metadata: { Album: 'Ferien  in Köln 100% ${filename}', plain: 'as it is' },
  tags: { state: 'new', 'cost centre': 'R+D/7' },
  storageClass: 'STANDARD_IA',
  serverSideEncryption: 'aws:kms',
  kmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd',
  cacheControl: 'private, max-age=60',
  contentDisposition: 'attachment',
  downloadName: 'Rechnung März.mp4',
}

/** Uploads one file over the test S3 and returns the object as HeadObject and the bucket show it. */
async function store(
  method: 'POST' | 'PUT' | 'MULTIPART',
  storage: SigningOptions['storage'],
  description: Partial<FileDescription> = {},
) {
  const pair = createPair({
    options: { storage, method: method === 'PUT' ? 'PUT' : 'POST' },
    config: method === 'MULTIPART' ? {} : { multipart: undefined },
  })
  const signed = await pair.trySign(description)
  if (signed === undefined || 'error' in signed) throw new Error(JSON.stringify(signed))
  if (signed.method === 'MULTIPART') await pair.send(signed)
  else expect((await pair.s3.fetch(requestFor(signed))).ok).toBe(true)
  expect(await pair.complete(signed.token)).toHaveProperty('receipt')
  const [object] = await pair.s3.objects('uploads')
  return { pair, signed, object }
}

/** The request a browser would send. */
function requestFor(signed: SignedUpload, without?: string): Request {
  if (signed.method === 'POST') {
    const form = new FormData()
    for (const [name, value] of Object.entries(signed.fields)) {
      if (name !== without) form.append(name, value)
    }
    form.append('file', new Blob([videoBytes]), 'clip.mp4')
    return new Request(signed.url, { method: 'POST', body: form })
  }
  const sent = new Headers(signed.method === 'PUT' ? signed.headers : {})
  if (without) sent.delete(without)
  sent.set('content-length', String(videoBytes.length))
  return new Request(signed.url ?? '', { method: 'PUT', headers: sent, body: videoBytes })
}

describe.each(['POST', 'PUT', 'MULTIPART'] as const)('storage options of a %s', (method) => {
  it('reach the object, all of them', async () => {
    const { object } = await store(method, everything)

    expect(object).toMatchObject({
      metadata: { album: 'Ferien%20 in K%C3%B6ln 100%25 %24{filename}', plain: 'as it is' },
      tags: { state: 'new', 'cost centre': 'R+D/7' },
      headers: {
        'cache-control': 'private, max-age=60',
        'content-disposition':
          'attachment; filename="Rechnung-Marz.mp4"; filename*=UTF-8\'\'Rechnung%20M%C3%A4rz.mp4',
      },
      kept: {
        'x-amz-storage-class': 'STANDARD_IA',
        'x-amz-server-side-encryption': 'aws:kms',
        'x-amz-server-side-encryption-aws-kms-key-id': everything.kmsKeyId,
      },
    })
    expect(decodeURIComponent(object?.metadata.album ?? '')).toBe(everything.metadata?.Album)
  })

  it('can be chosen for each file and caller', async () => {
    const { object } = await store(
      method,
      ({ name, contentType, size, metadata }, { owner }) => ({
        metadata: { seen: [owner, name, contentType, size, metadata.album].join(' ') },
      }),
      { metadata: { album: '7' } },
    )

    expect(object?.metadata).toEqual({ seen: `ada clip.mp4 video/mp4 ${videoBytes.length} 7` })
  })

  it('have a type that can run script saved, whatever the app says', async () => {
    const inline = { contentDisposition: 'inline' } as const

    const { object } = await store(method, inline, { name: 'a.svg', type: 'image/svg+xml' })

    expect(object?.headers['content-disposition']).toMatch(/^attachment; filename="a.svg"/)
  })

  it('let such a type be shown only where the app insists', async () => {
    const inline = { contentDisposition: 'inline', allowScript: true } as const

    const { object } = await store(method, inline, { name: 'a.svg', type: 'image/svg+xml' })

    expect(object?.headers['content-disposition']).toMatch(/^inline; filename="a.svg"/)
  })
})

describe.each(['POST', 'PUT'] as const)('a browser that sends a %s', (method) => {
  const fields = {
    POST: ['x-amz-meta-album', 'tagging', 'x-amz-storage-class', 'Cache-Control'],
    PUT: ['x-amz-meta-album', 'x-amz-tagging', 'x-amz-storage-class', 'cache-control'],
  }[method]

  it.each(fields)('cannot leave out %s', async (field) => {
    const { pair, signed } = await store(method, everything)
    await pair.trySign()

    const response = await pair.s3.fetch(requestFor(signed, field))

    expect(response.status).toBe(403)
  })

  it('cannot change the tags', async () => {
    const { pair, signed } = await store(method, everything)
    const forged = JSON.parse(JSON.stringify(signed).replaceAll(/\bnew\b/g, 'clean'))

    const response = await pair.s3.fetch(requestFor(forged))

    expect(response.status).toBe(403)
  })
})

it('refuses a file whose form S3 would find too long, and says what to shorten', async () => {
  const onError = vi.fn()
  const long = { ...credentials, sessionToken: 'x'.repeat(8000) }
  const { trySign } = createPair({
    options: { storage: everything, credentials: long, onError },
    config: { multipart: undefined },
  })

  expect(codeOf(await trySign())).toBe('internal-error')
  expect(String(onError.mock.calls[0]?.[0])).toContain('Shorten storage.metadata')
})

describe('the storage function', () => {
  const returning = (value: unknown) => {
    const errors: unknown[] = []
    const handler = createSigningHandler({
      bucket: 'uploads',
      region: 'eu-west-1',
      endpoint: 'https://s3.test',
      credentials,
      secret,
      authorize: () => ({ owner: 'ada' }),
      // Deliberately not what the types ask for.
      storage: () => value as StorageOptions,
      onError: (error) => errors.push(error),
    })
    const files = [file()]
    return { errors, sign: () => handler(jsonRequest({ operation: 'sign-uploads', files })) }
  }

  it.each<[string, unknown]>([
    ['storage: must be', 'none'],
    ['storage: must be', new Response(null, { status: 404 })],
    ['storage: must be', new Map([['cacheControl', 'no-store']])],
    ['storage.metadata', { metadata: { 'a b': 'c' } }],
    ['storage.metadata', { metadata: { a: 7 } }],
    ['storage.metadata', { metadata: { a: 'x', A: 'y' } }],
    ['storage.metadata', { metadata: { a: 'é'.repeat(400) } }],
    ['storage.metadata', { metadata: { a: '\ud800' } }],
    ['storage.tags', { tags: { 'aws:x': 'y' } }],
    ['storage.tags', { tags: { x: '<y>' } }],
    ['storage.tags', { tags: Object.fromEntries([...'abcdefghijk'].map((name) => [name, ''])) }],
    ['storage.storageClass', { storageClass: 'standard' }],
    ['storage.serverSideEncryption', { serverSideEncryption: 'rot13' }],
    ['storage.kmsKeyId', { kmsKeyId: 'key' }],
    ['storage.cacheControl', { cacheControl: 'no-store\r\nx-evil: 1' }],
    ['storage.cacheControl', { cacheControl: 'a  b' }],
    ['storage.contentDisposition', { contentDisposition: 'attachment; filename=x' }],
    ['storage.downloadName', { downloadName: 'x' }],
    ['storage.allowScript', { allowScript: true }],
    [
      'storage.storageclass: is not known. Did you mean storage.storageClass?',
      { storageclass: 'X' },
    ],
  ])('has the file refused and onError told that %s is wrong', async (problem, value) => {
    const { errors, sign } = returning(value)

    const response = await sign()

    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ files: [{ error: { code: 'internal-error' } }] })
    expect(String(errors[0])).toContain(`what storage returned cannot be used.\n- ${problem}`)
  })
})
