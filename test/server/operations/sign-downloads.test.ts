import { SigningError } from 's3-direct-upload/server'
import { describe, expect, it, vi } from 'vitest'
import { createDownloadPair } from '../download-setup.js'
import { bucketOf, createTestHandler, credentials, storedPhoto } from '../handler-setup.js'

type Pair = ReturnType<typeof createDownloadPair>

const dispositionOf = (response: Response) => response.headers.get('content-disposition')

/** Uploads a photo as Ada, and returns key and receipt. */
async function upload(pair: Pair, name = 'Foto é.jpg') {
  const { key, token } = await pair.signOne({ name, size: 5 })
  await pair.put(key, 'hello', { 'content-type': 'image/jpeg' })
  const { uploads } = await pair.run('complete-uploads', { uploads: [{ token }] })
  const [completed] = uploads
  if (completed === undefined || !('receipt' in completed)) throw new Error('no receipt')
  return { key, receipt: completed.receipt }
}

describe('a file that may be downloaded', () => {
  it('is signed by its key, to be saved under its last segment', async () => {
    const pair = createDownloadPair()
    await pair.put('files/a/report.pdf')

    const response = await pair.download({ key: 'files/a/report.pdf' })

    expect([response.status, await response.text()]).toEqual([200, 'hello'])
    expect(dispositionOf(response)).toBe(
      `attachment; filename="report.pdf"; filename*=UTF-8''report.pdf`,
    )
  })

  it('is signed by its receipt, to be saved under the name it was uploaded with', async () => {
    const pair = createDownloadPair()
    const { key, receipt } = await upload(pair)

    const answer = await pair.ask({ receipt })
    const response = await pair.download({ receipt })

    expect(answer).toMatchObject({ key, expiresInSeconds: 900 })
    expect(dispositionOf(response)).toContain(`filename*=UTF-8''Foto%20%C3%A9.jpg`)
  })

  it('is answered in its place of a batch, beside those that are refused', async () => {
    const { put, run } = createDownloadPair({ authorizeDownload: ({ key }) => !key.includes('no') })
    await put('files/yes.txt')

    const keys = ['files/no.txt', 'files/yes.txt', 'files/gone.txt']
    const { files } = await run('sign-downloads', { files: keys.map((key) => ({ key })) })

    expect(files).toMatchObject([
      { error: { code: 'forbidden' } },
      { key: 'files/yes.txt' },
      { error: { code: 'object-not-found', retryable: false } },
    ])
  })

  it('may be asked for in pieces, and no further than it is long', async () => {
    const pair = createDownloadPair()
    await pair.put('files/film.mp4', '0123456789')

    const piece = await pair.download({ key: 'files/film.mp4' }, { range: 'bytes=2-4' })
    const beyond = await pair.download({ key: 'files/film.mp4' }, { range: 'bytes=10-' })

    expect([piece.status, piece.headers.get('content-range'), await piece.text()]).toEqual([
      206,
      'bytes 2-4/10',
      '234',
    ])
    expect(beyond.status).toBe(416)
  })
})

describe('the life of a URL', () => {
  it('ends after the time that the answer names', async () => {
    const pair = createDownloadPair({ downloadLifetimeSeconds: 120 })
    await pair.put('files/a.txt')
    const answer = await pair.ask({ key: 'files/a.txt' })
    const url = 'url' in answer ? answer.url : ''

    pair.wait(119)
    const inTime = await pair.s3.fetch(new Request(url))
    pair.wait(2)
    const late = await pair.s3.fetch(new Request(url))

    expect(answer).toMatchObject({ expiresInSeconds: 120 })
    expect([inTime.status, late.status]).toEqual([200, 403])
    expect(await late.text()).toContain('Request has expired')
  })

  it('ends with the credentials', async () => {
    const { ask, put } = createDownloadPair({
      credentials: async () => ({
        ...credentials,
        expiration: new Date('2026-03-04T05:07:07.000Z'),
      }),
    })
    await put('files/a.txt')

    expect(await ask({ key: 'files/a.txt' })).toMatchObject({ expiresInSeconds: 60 })
  })
})

describe('who may download', () => {
  it('is nobody as long as the app does not say', async () => {
    const pair = createDownloadPair({ authorizeDownload: undefined })
    const { key, receipt } = await upload(pair)

    expect(await pair.ask({ key })).toMatchObject({ error: { code: 'forbidden' } })
    expect(await pair.ask({ receipt })).toMatchObject({ error: { code: 'forbidden' } })
  })

  it('is asked with the caller of now, the receipt and the request', async () => {
    const authorizeDownload = vi.fn(() => true)
    const pair = createDownloadPair({ authorizeDownload })
    const { key, receipt } = await upload(pair)

    await pair.ask({ receipt, disposition: 'inline' }, { 'x-user': 'grace' })

    expect(authorizeDownload).toHaveBeenCalledExactlyOnceWith({
      key,
      owner: 'grace',
      receipt: expect.objectContaining({ owner: 'ada', key, size: 5 }),
      disposition: 'inline',
      request: expect.any(Request),
    })
  })

  it('does not include the owner of another receipt where the app compares owners', async () => {
    const pair = createDownloadPair({
      authorizeDownload: ({ owner, receipt }) => receipt?.owner === owner,
    })
    const { receipt } = await upload(pair)

    expect(await pair.ask({ receipt }, { 'x-user': 'grace' })).toMatchObject({
      error: { code: 'forbidden' },
    })
    expect(await pair.ask({ receipt })).toHaveProperty('url')
  })

  it.each([
    ['outside the prefix', 'other/secret.txt', 'forbidden'],
    ['of a prefix that only begins alike', 'files-of-others/secret.txt', 'forbidden'],
    ['that climbs out of the prefix', 'files/../secret.txt', 'invalid-request'],
    ['that climbs by a dot', 'files/./secret.txt', 'invalid-request'],
    ['with an empty segment', 'files//secret.txt', 'invalid-request'],
    ['with a control character', 'files/a\nb.txt', 'invalid-request'],
    ['with half a character', 'files/\uD83D.txt', 'invalid-request'],
    ['that is only the prefix', 'files/', 'invalid-request'],
    ['with a slash in front', '/files/a.txt', 'invalid-request'],
  ])('is not asked about a key %s', async (_what, key, code) => {
    const authorizeDownload = vi.fn(() => true)
    const { ask } = createDownloadPair({ authorizeDownload })

    expect(await ask({ key })).toMatchObject({ error: { code } })
    expect(authorizeDownload).not.toHaveBeenCalled()
  })

  it('takes an encoded climb for what S3 takes it: a strange name', async () => {
    const pair = createDownloadPair()
    await pair.put('files/%2e%2e/a.txt', 'strange')
    await pair.put('a.txt', 'secret')

    const response = await pair.download({ key: 'files/%2e%2e/a.txt' })

    expect(await response.text()).toBe('strange')
  })

  it('is told in the words of the app', async () => {
    const { ask } = createDownloadPair({
      authorizeDownload: () => {
        throw new SigningError('forbidden', 'The file is still being checked.')
      },
    })

    expect(await ask({ key: 'files/a.txt' })).toEqual({
      error: { code: 'forbidden', message: 'The file is still being checked.', retryable: false },
    })
  })

  it('stays unknown when the app fails, and the app hears of it', async () => {
    const onError = vi.fn()
    const failure = new Error('The database is gone.')
    const { ask } = createDownloadPair({
      onError,
      authorizeDownload: () => Promise.reject(failure),
    })

    expect(await ask({ key: 'files/a.txt' })).toMatchObject({ error: { code: 'internal-error' } })
    expect(onError).toHaveBeenCalledExactlyOnceWith(failure)
  })
})

describe('a receipt', () => {
  it('of another handler, bucket or secret, or an upload token, names no file', async () => {
    const pair = createDownloadPair()
    const { receipt } = await upload(pair)
    const { token } = await pair.signOne()
    const others = [
      createDownloadPair({ name: 'avatars' }),
      createDownloadPair({ bucket: 'other' }),
      createDownloadPair({ secret: 'another secret of the tests, long enough' }),
    ]

    const answers = await Promise.all(others.map((other) => other.ask({ receipt })))

    for (const answer of [...answers, await pair.ask({ receipt: token })]) {
      expect(answer).toMatchObject({ error: { code: 'invalid-token' } })
    }
  })

  it('that is altered names no file, and one that is too old neither', async () => {
    const pair = createDownloadPair()
    const { receipt } = await upload(pair)

    expect(await pair.ask({ receipt: `${receipt.slice(0, -2)}xx` })).toMatchObject({
      error: { code: 'invalid-token' },
    })
    pair.wait(86_401)
    expect(await pair.ask({ receipt })).toMatchObject({ error: { code: 'expired-token' } })
  })
})

describe('a receipt is about one object', () => {
  /** A bucket whose every object has these facts; a version that is asked for by its id is another one. */
  const versioned = (now: { versionId: string; etag?: string; refuses?: string }) =>
    vi.fn(async (request: Request) => {
      const asked = new URL(request.url).searchParams.get('versionId')
      if (asked !== null && now.refuses) return new Response(now.refuses, { status: 403 })
      const { etag = storedPhoto.etag, versionId } = now
      const headers = { ...storedPhoto, etag, 'x-amz-version-id': asked ?? versionId }
      return new Response(null, { headers })
    })

  async function receiptOfVersion(fetch: (request: Request) => Promise<Response>) {
    const server = createTestHandler({ fetch, authorizeDownload: () => true })
    const { token } = await server.signOne()
    const { uploads } = await server.run('complete-uploads', { uploads: [{ token }] })
    const [completed] = uploads
    if (completed === undefined || !('receipt' in completed)) throw new Error('no receipt')
    const { receipt } = completed
    return async () => (await server.run('sign-downloads', { files: [{ receipt }] })).files[0]
  }

  it.each([
    ['other bytes', 'evil!', 'image/jpeg'],
    ['another length', 'hello, and more', 'image/jpeg'],
  ])('that was replaced by %s is refused by its receipt, not by its key', async (_, body, type) => {
    const pair = createDownloadPair()
    const { key, receipt } = await upload(pair)
    await pair.put(key, body, { 'content-type': type })

    expect(await pair.ask({ receipt })).toMatchObject({
      error: { code: 'object-not-found', retryable: false },
    })
    expect(await pair.ask({ key })).toHaveProperty('url')
  })

  it('whose version the URL names, where there is one', async () => {
    const ask = await receiptOfVersion(versioned({ versionId: 'v1' }))

    const answer = await ask()

    expect(answer && 'url' in answer && new URL(answer.url).searchParams.get('versionId')).toBe(
      'v1',
    )
  })

  it('and not about a later version', async () => {
    const now = { versionId: 'v1' }
    const ask = await receiptOfVersion(versioned(now))
    now.versionId = 'v2'

    expect(await ask()).toMatchObject({ error: { code: 'object-not-found' } })
  })

  it('which the server may have to read by its version', async () => {
    const message = 'not authorized to perform: s3:GetObjectVersion'
    const refuses = `<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`
    const ask = await receiptOfVersion(versioned({ versionId: 'v1', refuses }))

    expect(await ask()).toMatchObject({ error: { code: 'storage-refused' } })
  })
})

describe('a file that the page wants to show', () => {
  it('is shown with the type it has, under its name', async () => {
    const pair = createDownloadPair()
    await pair.put('files/a.pdf', 'hello', { 'content-type': 'application/pdf' })

    const response = await pair.download({ key: 'files/a.pdf', disposition: 'inline' })

    expect(dispositionOf(response)).toBe(`inline; filename="a.pdf"; filename*=UTF-8''a.pdf`)
    expect(response.headers.get('content-type')).toBe('application/pdf')
  })

  it.each(['text/html', 'image/svg+xml', 'application/xhtml+xml; charset=utf-8', 'text/xml'])(
    'is saved when its type is %s, which can run script',
    async (type) => {
      const pair = createDownloadPair()
      await pair.put('files/a.png', '<script>', { 'content-type': type })

      const response = await pair.download({ key: 'files/a.png', disposition: 'inline' })

      expect(dispositionOf(response)).toMatch(/^attachment; /)
    },
  )

  it('keeps its harmless type when the object is replaced while the URL lives', async () => {
    const pair = createDownloadPair()
    await pair.put('files/a.png', 'hello', { 'content-type': 'image/png' })
    const answer = await pair.ask({ key: 'files/a.png', disposition: 'inline' })
    await pair.put('files/a.png', '<script>', { 'content-type': 'text/html' })

    const response = await pair.s3.fetch(new Request('url' in answer ? answer.url : ''))

    expect(response.headers.get('content-type')).toBe('image/png')
  })

  it('is no guess of the browser when its type is none', async () => {
    const pair = createDownloadPair()
    await pair.put('files/a', '<script>', { 'content-type': 'unknown/unknown' })

    const response = await pair.download({ key: 'files/a', disposition: 'inline' })

    expect(response.headers.get('content-type')).toBe('application/octet-stream')
  })

  it('is shown or saved as the app says', async () => {
    const html = { 'content-type': 'text/html' }
    const allowing = createDownloadPair({ authorizeDownload: () => ({ allowInline: true }) })
    const refusing = createDownloadPair({ authorizeDownload: () => ({ allowInline: false }) })
    await allowing.put('files/a.html', 'hello', html)
    await refusing.put('files/a.pdf', 'hello', { 'content-type': 'application/pdf' })

    const shown = await allowing.download({ key: 'files/a.html', disposition: 'inline' })
    const saved = await refusing.download({ key: 'files/a.pdf', disposition: 'inline' })

    expect(dispositionOf(shown)).toMatch(/^inline; /)
    expect(dispositionOf(saved)).toMatch(/^attachment; /)
  })
})

describe('the name', () => {
  it('that the app gives stands above the one that the page gives', async () => {
    const pair = createDownloadPair({
      authorizeDownload: () => ({ name: 'Rechnung.pdf', contentType: 'application/pdf' }),
    })
    await pair.put('files/a')

    const response = await pair.download({ key: 'files/a', name: 'x.exe' })

    expect(dispositionOf(response)).toContain('filename="Rechnung.pdf"')
    expect(response.headers.get('content-type')).toBe('application/pdf')
  })

  it('that the page gives breaks no header', async () => {
    const pair = createDownloadPair()
    await pair.put('files/a')

    const response = await pair.download({ key: 'files/a', name: 'a"\r\nset-cookie: x=1; é.txt' })

    expect(response.headers.get('set-cookie')).toBeNull()
    expect(dispositionOf(response)).toBe(
      `attachment; filename="a-set-cookie-x-1-e.txt"; filename*=UTF-8''a%22set-cookie%3A%20x%3D1%3B%20%C3%A9.txt`,
    )
  })
})

describe('a storage that does not answer as it should', () => {
  it('refuses the server: the file is reported as such, and the reason to the app', async () => {
    const onError = vi.fn()
    const { ask } = createDownloadPair({
      onError,
      fetch: async () =>
        new Response('<Error><Code>InvalidAccessKeyId</Code></Error>', { status: 403 }),
    })

    expect(await ask({ key: 'files/a.txt' })).toMatchObject({ error: { code: 'storage-refused' } })
    expect(onError).toHaveBeenCalledOnce()
  })

  it('is not called missing where it is listed and may not be read', async () => {
    const pair = createDownloadPair()
    await pair.put('files/a.txt')
    pair.s3.fault({
      operation: ['HeadObject', 'GetObject'],
      effect: { kind: 'refuse', code: 'AccessDenied' },
    })

    expect(await pair.ask({ key: 'files/a.txt' })).toMatchObject({
      error: { code: 'storage-refused' },
    })
  })

  it('does not say whether the object is there: it is not, and the app hears of the doubt', async () => {
    const onError = vi.fn()
    const { ask } = createDownloadPair({
      onError,
      fetch: async () => new Response('<Error><Code>AccessDenied</Code></Error>', { status: 403 }),
    })

    expect(await ask({ key: 'files/a.txt' })).toMatchObject({ error: { code: 'object-not-found' } })
    expect(onError).toHaveBeenCalledOnce()
  })
})

it('asks the storage for no file that may not be downloaded', async () => {
  const fetch = vi.fn(bucketOf(storedPhoto))
  const { run } = createTestHandler({ fetch, authorizeDownload: () => false })

  await run('sign-downloads', { files: [{ key: 'files/a.txt' }] })

  expect(fetch).not.toHaveBeenCalled()
})
