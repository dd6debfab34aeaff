import { createSigningHandler, type SigningOptions, verifyReceipt } from 's3-direct-upload/server'
import { createTestS3 } from 's3-direct-upload/testing'
import { describe, expect, it } from 'vitest'
import type { FileDescription, SignedUpload } from '../../src/protocol/operations.js'
import { parseResponse } from '../../src/protocol/parse.js'
import { toBase64 } from '../../src/sigv4/crypto.js'
import { credentials, file, jsonRequest, secret } from './handler-setup.js'

const bytes = new TextEncoder().encode('The bytes of a photo.')
const temporary = { ...credentials, sessionToken: 'temporary/token+=' }

/** A bucket and the handler that signs for it; nothing of either is replaced. */
function createPair(changes: Partial<SigningOptions> = {}) {
  const s3 = createTestS3({ buckets: ['uploads'], credentials: temporary, region: 'eu-west-1' })
  const handler = createSigningHandler({
    bucket: 'uploads',
    region: 'eu-west-1',
    endpoint: 'https://s3.test',
    credentials: temporary,
    secret,
    prefix: 'files',
    authorize: () => ({ owner: 'ada' }),
    fetch: (request) => s3.fetch(request),
    ...changes,
  })
  return {
    s3,
    async sign(description: Partial<FileDescription> = {}): Promise<SignedUpload> {
      const files = [file({ size: bytes.length, ...description })]
      const response = await handler(jsonRequest({ operation: 'sign-uploads', files }))
      const parsed = parseResponse('sign-uploads', await response.json())
      const signed = parsed.ok ? parsed.value.files[0] : undefined
      if (signed === undefined || 'error' in signed) throw new Error(JSON.stringify(signed))
      return signed
    },
    async complete(token: string) {
      const body = { operation: 'complete-uploads', uploads: [{ token }] }
      const parsed = parseResponse(
        'complete-uploads',
        await (await handler(jsonRequest(body))).json(),
      )
      if (!parsed.ok) throw new Error(parsed.problem)
      return parsed.value.uploads[0]
    },
  }
}

/** The request a browser would send. */
function uploadRequest(signed: SignedUpload, body: Uint8Array<ArrayBuffer> = bytes): Request {
  if (signed.method === 'PUT') {
    // The browser adds the length itself.
    const headers = { ...signed.headers, 'content-length': String(body.length) }
    return new Request(signed.url, { method: 'PUT', headers, body })
  }
  if (signed.method === 'MULTIPART') throw new Error('not in one request')
  const form = new FormData()
  for (const [name, value] of Object.entries(signed.fields)) form.append(name, value)
  form.append('file', new Blob([body]), 'photo.jpg')
  return new Request(signed.url, { method: 'POST', body: form })
}

async function checksumOf(content: Uint8Array<ArrayBuffer>) {
  return toBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', content)))
}

describe.each(['POST', 'PUT'] as const)('an upload by %s', (method) => {
  it('is signed, stored, completed and proven by its receipt', async () => {
    const { s3, sign, complete } = createPair({ method })
    const signed = await sign({ checksum: await checksumOf(bytes) })

    const stored = await s3.fetch(uploadRequest(signed))
    const completed = await complete(signed.token)

    expect(stored.status).toBe(method === 'POST' ? 201 : 200)
    expect(completed).toMatchObject({
      key: signed.key,
      size: bytes.length,
      contentType: 'image/jpeg',
    })
    if (completed === undefined || !('receipt' in completed)) throw new Error('no receipt')
    expect(await verifyReceipt(completed.receipt, { secret, owner: 'ada' })).toMatchObject({
      key: signed.key,
      etag: completed.etag,
      name: 'photo.jpg',
    })
    expect(await s3.objects('uploads')).toMatchObject([
      { key: signed.key, size: bytes.length, contentType: 'image/jpeg' },
    ])
  })

  it('is not found before its bytes have arrived', async () => {
    const { sign, complete } = createPair({ method })

    expect(await complete((await sign()).token)).toMatchObject({
      error: { code: 'upload-not-found' },
    })
  })

  it('cannot be larger or smaller than was signed', async () => {
    const { s3, sign } = createPair({ method })
    const signed = await sign()

    const more = await s3.fetch(uploadRequest(signed, new Uint8Array(bytes.length + 1)))
    const less = await s3.fetch(uploadRequest(signed, new Uint8Array(bytes.length - 1)))

    expect([more.ok, less.ok]).toEqual([false, false])
    expect(await s3.objects('uploads')).toEqual([])
  })

  it('cannot have other bytes than those of its checksum', async () => {
    const { s3, sign } = createPair({ method })
    const signed = await sign({ checksum: await checksumOf(bytes) })

    const response = await s3.fetch(uploadRequest(signed, new Uint8Array(bytes.length)))

    expect(response.status).toBe(400)
    expect(await s3.objects('uploads')).toEqual([])
  })

  it('of a risky type is stored to be saved, not opened', async () => {
    const { s3, sign, complete } = createPair({ method })
    const signed = await sign({ name: 'page ü.html', type: 'text/html' })

    await s3.fetch(uploadRequest(signed))

    expect(await complete(signed.token)).toMatchObject({ contentType: 'text/html' })
    expect(await s3.objects('uploads')).toMatchObject([
      {
        headers: {
          'content-disposition': `attachment; filename="page-u.html"; filename*=UTF-8''page%20%C3%BC.html`,
        },
      },
    ])
  })

  it('of an empty file works', async () => {
    const { s3, sign, complete } = createPair({ method })
    const signed = await sign({ size: 0, type: '' })

    await s3.fetch(uploadRequest(signed, new Uint8Array()))

    expect(await complete(signed.token)).toMatchObject({
      size: 0,
      contentType: 'application/octet-stream',
    })
  })
})

describe('a signed form', () => {
  it.each(['key', 'Content-Type', 'success_action_status'])(
    'cannot be sent with another %s',
    async (field) => {
      const { s3, sign } = createPair()
      const signed = await sign()
      if (signed.method !== 'POST') throw new Error('not a form')

      const fields = { ...signed.fields, [field]: '200' }
      const response = await s3.fetch(uploadRequest({ ...signed, fields }))

      expect(response.status).toBe(403)
    },
  )

  it('cannot be sent with another field', async () => {
    const { s3, sign } = createPair()
    const signed = await sign()
    if (signed.method !== 'POST') throw new Error('not a form')

    const fields = { acl: 'public-read', ...signed.fields }
    const response = await s3.fetch(uploadRequest({ ...signed, fields }))

    expect(response.status).toBe(403)
  })
})

describe('a signed PUT', () => {
  it('cannot be sent with another type', async () => {
    const { s3, sign } = createPair({ method: 'PUT' })
    const signed = await sign()
    if (signed.method !== 'PUT') throw new Error('not a PUT')

    const headers = { ...signed.headers, 'content-type': 'text/html' }
    const response = await s3.fetch(uploadRequest({ ...signed, headers }))

    expect(response.status).toBe(403)
  })

  it('cannot replace what it has stored', async () => {
    const { s3, sign } = createPair({ method: 'PUT' })
    const signed = await sign()

    const first = await s3.fetch(uploadRequest(signed))
    const second = await s3.fetch(uploadRequest(signed))

    expect([first.status, second.status]).toEqual([200, 412])
  })
})

describe('a server with the wrong secret key', () => {
  it('is refused, and says so to its developer', async () => {
    const errors: unknown[] = []
    const pair = createPair()
    const signed = await pair.sign()
    const { complete } = createPair({
      credentials: { ...temporary, secretAccessKey: 'wrong' },
      onError: (error) => errors.push(error),
    })

    expect(await complete(signed.token)).toMatchObject({ error: { code: 'storage-refused' } })
    expect(String(errors[0] instanceof Error && errors[0].cause)).toContain('SignatureDoesNotMatch')
  })
})
