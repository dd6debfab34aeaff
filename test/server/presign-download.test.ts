import { type PresignDownloadOptions, presignDownload } from 's3-direct-upload/server'
import { describe, expect, it } from 'vitest'
import { createDownloadPair, location } from './download-setup.js'
import { credentials, startOfTests } from './handler-setup.js'

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

  it('refuses a key without a URL of its own, or outside the prefix', async () => {
    await expect(sign({ key: 'files/../a.txt' })).rejects.toThrow(TypeError)
    await expect(sign({ key: 'files-of-others/a', prefix: 'files' })).rejects.toThrow(/prefix/)
    expect(await sign({ prefix: 'files' })).toContain('/uploads/files/a.txt?')
  })

  it.each([0, 1.5, 604_801])('refuses a life of %d seconds', async (expiresInSeconds) => {
    await expect(sign({ expiresInSeconds })).rejects.toThrow(RangeError)
  })

  it('quotes neither key nor signature in an error', async () => {
    const error: unknown = await sign({ key: 'files/../geheim.txt' }).catch((thrown) => thrown)

    expect(String(error)).not.toContain('geheim')
  })
})
