import { type PresignDownloadOptions, presignDownload } from 's3-direct-upload/server'
import { describe, expect, it } from 'vitest'
import { createDownloadPair, location } from '../download-setup.js'
import { credentials, startOfTests } from '../handler-setup.js'

const now = () => startOfTests
const sign = (options: Partial<PresignDownloadOptions> = {}) =>
  presignDownload({ ...location, credentials, now, key: 'files/a.txt', ...options })

describe('presignDownload', () => {
  it('makes a URL that downloads the object as it was stored', async () => {
    const { put, s3 } = createDownloadPair()
    await put('files/a.txt', 'hello', { 'content-type': 'text/plain' })

    const response = await s3.fetch(new Request(await sign()))

    expect([response.status, await response.text()]).toEqual([200, 'hello'])
    expect(response.headers.get('content-type')).toBe('text/plain')
    expect(response.headers.get('content-disposition')).toBeNull()
  })

  it('signs name and type', async () => {
    const { put, s3 } = createDownloadPair()
    await put('files/a.txt')

    const url = await sign({ name: '日本 é.txt', contentType: 'text/csv' })
    const response = await s3.fetch(new Request(url))

    expect(response.headers.get('content-type')).toBe('text/csv')
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="e.txt"; filename*=UTF-8''%E6%97%A5%E6%9C%AC%20%C3%A9.txt`,
    )
  })

  it('ends after fifteen minutes, after another time, or with the credentials', async () => {
    const ending = { ...credentials, expiration: new Date(startOfTests.getTime() + 90_500) }
    const lifeOf = async (options: Partial<PresignDownloadOptions>) =>
      new URL(await sign(options)).searchParams.get('X-Amz-Expires')

    expect(await lifeOf({})).toBe('900')
    expect(await lifeOf({ expiresInSeconds: 3600 })).toBe('3600')
    expect(await lifeOf({ credentials: async () => ending })).toBe('90')
  })

  it.each([
    'a/../b.txt',
    '../b.txt',
    'a/..',
    './a',
    '/a.txt',
    'a//b.txt',
    'a/',
    'a?b#c%20d&e=f+g.txt',
    '%2E%2E/a',
    ' a b ',
    '\ta\nb',
    'Ünïcode/日本/😀.txt',
    `${'é'.repeat(511)}ab`,
  ])('serves %j', async (key) => {
    const { put, s3 } = createDownloadPair()
    await put(key, 'hello')

    for (const forcePathStyle of [true, false]) {
      const at = { endpoint: 'http://localhost', forcePathStyle }
      const url = await sign({ key, ...(forcePathStyle ? {} : at) })
      const response = await s3.fetch(new Request(new URL(url).href))

      expect([response.status, await response.text()]).toEqual([200, 'hello'])
    }
  })

  it('signs a version and how long the answer is kept', async () => {
    const url = new URL(await sign({ versionId: 'v1', cacheControl: 'private, max-age=60' }))

    expect(url.searchParams.get('versionId')).toBe('v1')
    expect(url.searchParams.get('response-cache-control')).toBe('private, max-age=60')
  })

  it('makes the same URL for the same time', async () => {
    const anHour = 3_600_000
    const rounded = (time: number) => () => new Date(Math.floor(time / anHour) * anHour)
    const start = startOfTests.getTime()
    const urls = [start, start + 60_000].map((time) => sign({ now: rounded(time) }))

    expect(new Set(await Promise.all(urls)).size).toBe(1)
  })

  it.each([
    ['expiresIn', 'expiresInSeconds', 5],
    ['expires', 'expiresInSeconds', 60],
    ['filename', 'name', 'b.txt'],
    ['Name', 'name', 'b.txt'],
  ])('refuses %s, and names %s', async (option, meant, value) => {
    // Deliberately not what the types ask for.
    const options = { [option]: value } as Partial<PresignDownloadOptions>

    await expect(sign(options)).rejects.toThrow(TypeError)
    await expect(sign(options)).rejects.toThrow(`${option}: is not known. Did you mean ${meant}?`)
  })

  it.each([
    { nmae: 'b.txt' },
    { disposition: 'download' },
    { versionId: '' },
    { versionId: 7 },
    { cacheControl: 'no-store\n' },
    { contentType: '' },
    { expiresInSeconds: '60' },
    { key: 7 },
    { region: '' },
    { credentials: undefined },
    { now: new Date() },
  ])('refuses %j', async (options) => {
    const [name] = Object.keys(options)
    // Deliberately not what the types ask for.
    const signed = sign(options as unknown as Partial<PresignDownloadOptions>)

    await expect(signed).rejects.toThrow(`\n- ${name}: `)
  })

  it.each(['', '.', '..', '\ud83d', `${'é'.repeat(512)}a`])(
    'refuses %j, under which nothing can be served',
    async (key) => {
      await expect(sign({ key })).rejects.toThrow('the key of the download')
    },
  )

  it('names the public endpoint where that is wrong', async () => {
    await expect(sign({ publicEndpoint: 'files.example.com' })).rejects.toThrow(
      /^s3-direct-upload: publicEndpoint: /,
    )
  })

  it('refuses a key outside the prefix', async () => {
    await expect(sign({ key: 'files-of-others/a', prefix: 'files' })).rejects.toThrow(/prefix/)
    expect(await sign({ prefix: 'files' })).toContain('/uploads/files/a.txt?')
  })

  it.each([0, 1.5, 604_801])('refuses a life of %d seconds', async (expiresInSeconds) => {
    await expect(sign({ expiresInSeconds })).rejects.toThrow(RangeError)
  })

  it('quotes neither key nor signature in an error', async () => {
    const error: unknown = await sign({ key: 'geheim.txt', prefix: 'files' }).catch(
      (thrown) => thrown,
    )

    expect(String(error)).not.toContain('geheim')
  })
})
