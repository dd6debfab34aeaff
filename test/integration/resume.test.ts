// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'
import {
  createSite,
  fileOf,
  isStoredExactly,
  leaveAfter,
  mebibyte,
  openPage,
  type Site,
} from '../support/engine.js'

const endpoint = 'http://app.test/api/s3'

async function uploadAgain(site: Site, file: File) {
  const page = openPage(site)
  const before = site.operations('UploadPart').length
  await page.uploader.upload(page.add(file))
  const record = page.store.get(file.name)
  const isExact =
    record?.status === 'complete' && (await isStoredExactly(site, record.result.key, file))
  return { ...page, record, isExact, parts: site.operations('UploadPart').slice(before) }
}

describe('a file that is added again after a reload', () => {
  it('goes on where it stopped, and leaves nothing to go on with', async () => {
    const site = createSite()
    const file = fileOf(22 * mebibyte)
    await leaveAfter(site, 3, file)

    const { isExact, parts } = await uploadAgain(site, file)

    expect(isExact).toBe(true)
    expect(parts.map(({ partNumber }) => partNumber)).toEqual([4, 5])
    expect(await site.openUploads()).toBe(0)
    await vi.waitFor(async () => expect(await site.resumeStore.list(endpoint)).toEqual([]))
  })

  it('shows at once what is there already, and does not count it as speed', async () => {
    const site = createSite()
    const file = fileOf(22 * mebibyte)
    await leaveAfter(site, 3, file)
    const page = openPage(site)
    const id = page.add(file)
    const first = new Promise<number>((resolve) => {
      page.store.subscribeTo(id, () => {
        const record = page.store.get(id)
        if (record?.status === 'uploading') resolve(record.bytesUploaded)
      })
    })

    const uploading = page.uploader.upload(id)

    expect(await first).toBe(15 * mebibyte)
    expect(page.store.summary.bytesPerSecond).toBeLessThan(file.size)
    await uploading
  })

  it('is sent anew when S3 has lost the upload', async () => {
    const site = createSite()
    const file = fileOf(22 * mebibyte)
    await leaveAfter(site, 3, file)
    await site.s3.reset()

    const { isExact, parts } = await uploadAgain(site, file)

    expect(isExact).toBe(true)
    expect(parts).toHaveLength(5)
  })

  it('is sent anew when the upload belongs to somebody else who was signed in before', async () => {
    let owner = 'ada'
    const site = createSite({ authorize: () => ({ owner }) })
    const file = fileOf(22 * mebibyte)
    await leaveAfter(site, 3, file)
    owner = 'grace'

    const { isExact, parts } = await uploadAgain(site, file)

    expect(isExact).toBe(true)
    expect(parts).toHaveLength(5)
  })

  it('keeps the size of its parts when the server’s has changed meanwhile', async () => {
    const site = createSite()
    const file = fileOf(22 * mebibyte)
    await leaveAfter(site, 3, file)
    const changed = createSite({ partSize: '10MiB', fetch: (request) => site.s3.fetch(request) })

    const { isExact } = await uploadAgain({ ...site, handler: changed.handler }, file)

    expect(isExact).toBe(true)
  })

  it('is found complete when the answer of the completion was all that was missing', async () => {
    const site = createSite()
    const file = fileOf(22 * mebibyte)
    const page = openPage(site, {
      client: {
        fetch: async (url, init) => {
          const answer = await site.handler(new Request(url, init))
          if (String(init?.body).includes('complete-uploads')) {
            page.uploader.destroy()
            throw new TypeError('the page is gone')
          }
          return answer
        },
      },
    })
    await page.uploader.upload(page.add(file))

    const { isExact, parts } = await uploadAgain(site, file)

    expect(isExact).toBe(true)
    expect(parts).toEqual([])
  })
})

it.each([
  ['other bytes at its beginning', { seed: 2 }],
  ['another date', { lastModified: 2 }],
])('a file of the same name and size with %s is another file', async (_name, difference) => {
  const site = createSite()
  await leaveAfter(site, 3, fileOf(22 * mebibyte))

  const { isExact, parts } = await uploadAgain(site, fileOf(22 * mebibyte, difference))

  expect(isExact).toBe(true)
  expect(parts).toHaveLength(5)
})

it('two files alike, added in one page, are two uploads', async () => {
  const site = createSite()
  const file = fileOf(11 * mebibyte)
  await leaveAfter(site, 1, file)
  const page = openPage(site)
  const ids = [page.add(file, { id: 'first' }), page.add(file, { id: 'second' })]

  await Promise.all(ids.map((id) => page.uploader.upload(id)))

  const keys = ids.map((id) => {
    const record = page.store.get(id)
    return record?.status === 'complete' ? record.result.key : undefined
  })
  expect(new Set(keys).size).toBe(2)
  expect(keys).not.toContain(undefined)
  expect(await site.openUploads()).toBe(0)
})

describe('what earlier pages have left', () => {
  it('is listed until it is given up, which removes it from the bucket', async () => {
    const site = createSite()
    await leaveAfter(site, 3, fileOf(22 * mebibyte))
    const { uploader } = openPage(site)
    const [interrupted] = await uploader.findInterrupted()

    await uploader.discardInterrupted(interrupted?.uploadId ?? '')

    expect(interrupted?.file.name).toBe('film.bin')
    expect(await site.openUploads()).toBe(0)
    await vi.waitFor(async () => expect(await uploader.findInterrupted()).toEqual([]))
  })

  it('is removed from the bucket when it is too old to go on with', async () => {
    const site = createSite({ multipartTokenLifetimeSeconds: 604_800 })
    await leaveAfter(site, 3, fileOf(22 * mebibyte))
    site.clock.ms += 6.5 * 24 * 60 * 60 * 1000
    const { uploader } = openPage(site)

    await uploader.discardUnwanted()

    expect(await uploader.findInterrupted()).toEqual([])
    expect(await site.openUploads()).toBe(0)
  })
})
