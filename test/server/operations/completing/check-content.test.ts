import { createHash } from 'node:crypto'
import { fileTypeFromBuffer } from 'file-type'
import type { ContentSniffer, SigningOptions } from 's3-direct-upload/server'
import { describe, expect, it } from 'vitest'
import { bytesFrom, createUploadPair, methods } from '../../upload-pair.js'

const contentCheck: ContentSniffer = async (bytes) => (await fileTypeFromBuffer(bytes))?.mime

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const html = '<!doctype html><script>alert(document.domain)</script>'
const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
const gif = 'GIF89a=1/*\0\0*/;alert(1)'
const text = (content: string) => new TextEncoder().encode(content)

/** UTF-16, as browsers recognise it by its mark. */
const wide = Uint8Array.from([0xff, 0xfe, ...[...html].flatMap((c) => [c.charCodeAt(0), 0])])

describe.each(Object.entries(methods))('the content of an upload by %s', (method, way) => {
  it('is refused and deleted when it is HTML that was declared as a picture', async () => {
    const pair = createUploadPair({ ...way, contentCheck })
    const { token } = await pair.upload(bytesFrom(html), { name: 'evil.html', type: 'image/png' })

    expect(await pair.complete(token)).toMatchObject({
      error: { code: 'type-mismatch', retryable: false },
    })
    expect(await pair.s3.objects('uploads')).toEqual([])
    expect(await pair.complete(token)).toMatchObject({
      error: { code: method === 'MULTIPART' ? 'upload-gone' : 'upload-not-found' },
    })
  })

  it('is accepted when it is the picture it was declared as', async () => {
    const pair = createUploadPair({ ...way, contentCheck })
    const { token } = await pair.upload(bytesFrom(png), { name: 'dot.png', type: 'image/png' })

    expect(await pair.complete(token)).toMatchObject({ contentType: 'image/png' })
    expect(await pair.s3.objects('uploads')).toHaveLength(1)
  })
})

describe('the content of a file', () => {
  it.each<[what: string, bytes: Uint8Array, type: string]>([
    ['SVG as a PNG', text(svg), 'image/png'],
    ['a script as a PNG', text('alert(document.domain)'), 'image/png'],
    ['a GIF that is also a script as a PNG', text(gif), 'image/png'],
    ['a PNG with HTML behind it', Buffer.concat([png, text(html)]), 'image/png'],
    ['a PNG with SVG behind it', Buffer.concat([png, text(svg)]), 'image/png'],
    ['HTML in UTF-16 as a PNG', wide, 'image/png'],
    ['HTML behind white space and a mark as a JPEG', text(`\ufeff \n${html}`), 'image/jpeg'],
    ['HTML as a PDF', text(html), 'application/pdf'],
    ['HTML as a film', text(html), 'video/mp4'],
    ['HTML as a font', text(html), 'font/woff2'],
    ['a PNG as a PDF', png, 'application/pdf'],
    ['a PNG as text', png, 'text/plain'],
    ['a PNG as an own format', png, 'application/vnd.my-app'],
    ['nothing as a PNG', new Uint8Array(), 'image/png'],
  ])('is refused when it is %s', async (_, bytes, type) => {
    const pair = createUploadPair({ contentCheck })
    const { token } = await pair.upload(Uint8Array.from(bytes), { type })

    expect(await pair.complete(token)).toMatchObject({ error: { code: 'type-mismatch' } })
    expect(await pair.s3.objects('uploads')).toEqual([])
  })

  it.each<[what: string, bytes: Uint8Array, type: string]>([
    ['a PNG', png, 'image/png'],
    ['a PNG in capitals', png, 'IMAGE/PNG'],
    ['a PDF', text('%PDF-1.7\n%\u00e2\u00e3'), 'application/pdf'],
    ['a ZIP that is an office document', text('PK\u0003\u0004'), officeDocument()],
    ['an MP4 as sound', text('\0\0\0\u0018ftypmp42\0\0\0\0'), 'audio/mp4'],
    ['text', text('Just words.'), 'text/plain'],
    ['JSON', text('{"a":1}'), 'application/json'],
    ['SVG that says so', text(svg), 'image/svg+xml'],
    ['HTML that says so', text(html), 'text/html'],
    ['of a type that says nothing', text(html), ''],
    ['of a type without a signature', text('Drawing 1'), 'application/vnd.my-app'],
    ['an own format in a ZIP', text('PK\u0003\u0004'), 'application/vnd.my-app'],
    ['an empty text', new Uint8Array(), 'text/plain'],
  ])('is accepted when it is %s', async (_, bytes, type) => {
    const pair = createUploadPair({ contentCheck })
    const { token } = await pair.upload(Uint8Array.from(bytes), { type })

    expect(await pair.complete(token)).toHaveProperty('receipt')
  })

  it.each<[name: string, bytes: Uint8Array, type: string]>([
    ['film.mpg', Uint8Array.of(0, 0, 1, 0xba, 0x44, 0, 4, 0, 4, 1), 'video/mpeg'],
    ['raw.raf', text('FUJIFILMCCD-RAW 0201FF129502'), 'image/x-fujifilm-raf'],
    ['scan.tif', text('II*\0\u0008\u0010\u0010\0'), 'image/tiff'],
  ])(
    'is held to what the extension tells, and kept, for %s of no type',
    async (name, bytes, type) => {
      const rules = { accept: ['image/*', 'video/*'] }
      const pair = createUploadPair({ contentCheck, rules })
      const { token } = await pair.upload(Uint8Array.from(bytes), { name, type: '' })

      expect(await pair.complete(token)).toMatchObject({ contentType: type })
      expect(await pair.s3.objects('uploads')).toHaveLength(1)
    },
  )

  it('is not looked at unless the app wishes so', async () => {
    const pair = createUploadPair()
    const { token } = await pair.upload(text(html), { type: 'image/png' })

    expect(await pair.complete(token)).toHaveProperty('receipt')
    expect(pair.asked()).toEqual(['PostObject', 'HeadObject'])
  })

  it('is shown to the app from its beginning, with what was declared', async () => {
    const seen: unknown[] = []
    const pair = createUploadPair({
      contentCheck: (bytes, declared) => {
        seen.push([bytes.length, bytes[0]], declared)
        return 'image/png'
      },
    })
    const { token } = await pair.upload(bytesFrom(png), { name: 'a.png', type: 'image/png' })
    await pair.complete(token)

    const declared = { contentType: 'image/png', name: 'a.png', size: 6 * 2 ** 20 }
    expect(seen).toEqual([[4100, 0x89], declared])
  })

  it('is that of the object the receipt is about, or the page has to ask again', async () => {
    const pair = createUploadPair({ method: 'POST' })
    const signed = await pair.upload(Uint8Array.from(png), { type: 'image/png' })
    const again = { ...signed }
    let isReplaced = false
    const other = Uint8Array.from(png, (byte, index) => (index === 60 ? byte + 1 : byte))
    const handler = createUploadPair({
      contentCheck,
      fetch: async (request) => {
        const response = await pair.s3.fetch(request)
        if (request.method === 'HEAD' && !isReplaced) {
          isReplaced = true
          await pair.send(again, other)
        }
        return response
      },
    })

    expect(await handler.complete(signed.token)).toMatchObject({ error: { code: 'storage-error' } })
    expect(await handler.complete(signed.token)).toHaveProperty('receipt')
  })

  it.each(['aws', 'generic'] as const)(
    'is deleted with the object that was looked at and no other: %s',
    async (provider) => {
      const overwrite = 'refuse'
      const { pair, deceive } = await createDeception({ provider, overwrite })
      const handler = createUploadPair({
        ...pair.options,
        contentCheck: async (bytes) => {
          await deceive()
          return (await fileTypeFromBuffer(bytes))?.mime
        },
      })

      await expectReplaced(handler, pair)
    },
  )

  it('is deleted under the condition that it still stands there, where the storage has it', async () => {
    const { pair, deceive } = await createDeception({})
    const handler = createUploadPair({
      ...pair.options,
      contentCheck,
      fetch: async (request) => {
        if (request.method === 'DELETE') await deceive()
        return pair.s3.fetch(request)
      },
    })

    await expectReplaced(handler, pair)
  })

  it.each<[string, Partial<SigningOptions>]>([
    ['by default', {}],
    ['where objects are claimed', { unclaimed: 'tag' }],
    ['at MinIO', { provider: 'minio' }],
    ['at Ceph', { provider: 'ceph' }],
    ['at R2', { provider: 'r2' }],
    ['where the storage is said to heed conditions', { provider: 'generic', overwrite: 'refuse' }],
    ['though forms are preferred', { method: 'POST' }],
  ])('cannot be exchanged after it was checked, %s', async (_, options) => {
    const pair = createUploadPair({ contentCheck, ...options })
    const signed = await pair.upload(bytesFrom(png), { type: 'image/png' })
    expect(await pair.complete(signed.token)).toHaveProperty('receipt')
    const [before] = await pair.s3.objects('uploads')

    await pair.send(signed, bytesFrom(html)).catch(() => {})

    const [after] = await pair.s3.objects('uploads')
    expect(after?.etag).toBe(before?.etag)
  })

  it.each<[string, Partial<SigningOptions>]>([
    ['a form', { method: 'POST' }],
    ['a PUT that may overwrite', { method: 'PUT', overwrite: 'allow', requireChecksum: true }],
  ])('cannot be exchanged by %s whose signature binds the bytes', async (_, options) => {
    const pair = createUploadPair({ contentCheck, ...options })
    const checksum = createHash('sha256').update(bytesFrom(png)).digest('base64')
    const signed = await pair.upload(bytesFrom(png), { type: 'image/png', checksum })
    expect(signed.method).toBe(options.method)
    expect(await pair.complete(signed.token)).toHaveProperty('receipt')

    await expect(pair.send(signed, bytesFrom(html))).rejects.toThrow()
  })

  it.each(['br', 'gzip', 'zstd', 'identity, BR'])(
    'is not taken from what a page has stored as encoded: %s',
    async (encoding) => {
      const pair = createUploadPair({ contentCheck })
      const { token } = await pair.upload(Uint8Array.from(png), {
        type: 'image/png',
        headers: { 'content-encoding': encoding },
      })

      expect(await pair.complete(token)).toMatchObject({ error: { code: 'type-mismatch' } })
      expect(pair.errors).toHaveLength(1)
    },
  )

  it.each(['identity', 'aws-chunked'])(
    'is taken from bytes that are stored as they are: %s',
    async (encoding) => {
      const pair = createUploadPair({ contentCheck })
      const { token } = await pair.upload(Uint8Array.from(png), {
        type: 'image/png',
        headers: { 'content-encoding': encoding },
      })

      expect(await pair.complete(token)).toHaveProperty('receipt')
    },
  )

  it('that cannot be deleted is refused all the same, and the developer hears of it', async () => {
    const pair = createUploadPair({ contentCheck })
    const { token } = await pair.upload(text(html), { type: 'image/png' })
    const effect = { kind: 'refuse', code: 'AccessDenied' } as const
    pair.s3.fault({ operation: 'DeleteObject', effect })

    expect(await pair.complete(token)).toMatchObject({ error: { code: 'type-mismatch' } })
    expect(String((pair.errors[0] as Error).cause)).toContain('s3:DeleteObject')
  })

  it.each(['', 'png', '.png', 'image/', null, false, 0, { mime: 'image/png' }])(
    'is kept and not accepted when the app answers %j, which is no type',
    async (answer) => {
      // Deliberately not what the types ask for.
      const pair = createUploadPair({ contentCheck: () => answer as string | undefined })
      const { token } = await pair.upload(text('Just words.'), { type: 'text/plain' })

      expect(await pair.complete(token)).toMatchObject({ error: { code: 'internal-error' } })
      expect(await pair.s3.objects('uploads')).toHaveLength(1)
      expect(String(pair.errors[0])).toContain('contentCheck returned')
    },
  )

  it('is not accepted when the app fails to look at it', async () => {
    const pair = createUploadPair({ contentCheck: () => Promise.reject(new Error('broken')) })
    const { token } = await pair.upload(text(html), { type: 'image/png' })

    expect(await pair.complete(token)).toMatchObject({ error: { code: 'internal-error' } })
    expect(await pair.s3.objects('uploads')).toHaveLength(1)
  })
})

/** An upload of HTML as a picture, by a page that can put a picture in its place. */
async function createDeception(changes: Partial<SigningOptions>) {
  const pair = createUploadPair({ ...changes, method: 'POST' })
  const signed = await pair.upload(bytesFrom(html), { type: 'image/png' })
  return {
    pair: { ...pair, token: signed.token },
    deceive: () => pair.send(signed, bytesFrom(png)),
  }
}

/** The object that was refused is gone already; the one in its place has to be looked at. */
async function expectReplaced(
  handler: ReturnType<typeof createUploadPair>,
  { s3, token }: Awaited<ReturnType<typeof createDeception>>['pair'],
) {
  expect(await handler.complete(token)).toMatchObject({ error: { code: 'storage-error' } })
  expect(await s3.objects('uploads')).toHaveLength(1)
  expect(await handler.complete(token)).toHaveProperty('receipt')
}

function officeDocument(): string {
  return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
}
