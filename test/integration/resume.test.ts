// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'
import { StoredResumption } from '../../src/upload/resume/stored-resumption.js'
import { createWebLock } from '../../src/upload/resume/web-lock.js'
import {
  createSite,
  fileOf,
  isStoredExactly,
  leaveAfter,
  mebibyte,
  openPage,
  type Site,
} from '../support/engine.js'
import { rewritableFile } from '../support/test-files.js'

const endpoint = 'http://app.test/api/s3'

async function uploadAgain(site: Site, file: File, options: Parameters<typeof openPage>[1] = {}) {
  const page = openPage(site, options)
  const before = site.operations('UploadPart').length
  await page.engine.upload(page.add(file))
  const record = page.store.get(file.name)
  const isExact =
    record?.status === 'complete' && (await isStoredExactly(site, record.object.key, file))
  return { ...page, record, isExact, parts: site.operations('UploadPart').slice(before) }
}

/** Its server is older than the checksums in the answer to `list-parts`. */
function withoutListedChecksums(site: Site): Site {
  return {
    ...site,
    async handler(request) {
      const isList = (await request.clone().text()).includes('list-parts')
      const response = await site.handler(request)
      if (!isList) return response
      const answer = (await response.json()) as { parts: { checksum?: string }[] }
      for (const part of answer.parts) delete part.checksum
      return Response.json(answer)
    },
  }
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

    const uploading = page.engine.upload(id)

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
            page.engine.destroy()
            throw new TypeError('the page is gone')
          }
          return answer
        },
      },
    })
    await page.engine.upload(page.add(file))

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

  await Promise.all(ids.map((id) => page.engine.upload(id)))

  const keys = ids.map((id) => {
    const record = page.store.get(id)
    return record?.status === 'complete' ? record.object.key : undefined
  })
  expect(new Set(keys).size).toBe(2)
  expect(keys).not.toContain(undefined)
  expect(await site.openUploads()).toBe(0)
})

describe('a file that has changed since its upload was begun', () => {
  const checksums = { wantsChecksums: () => true }
  const begun = fileOf(22 * mebibyte)

  async function withByteChanged(at: number, lastModified = 1): Promise<File> {
    const bytes = new Uint8Array(await begun.arrayBuffer())
    bytes[at] = (bytes[at] ?? 0) ^ 1
    return new File([bytes], begun.name, { type: begun.type, lastModified })
  }

  it.each([
    ['in its first part', 3_000_000, [1, 4, 5]],
    ['in a part that had not arrived', 16 * mebibyte, [4, 5]],
  ])('%s is compared by the checksums of the parts, and goes on', async (_, at, sent) => {
    const site = createSite()
    await leaveAfter(site, 3, begun, checksums)

    const { isExact, parts } = await uploadAgain(site, await withByteChanged(at), checksums)

    expect(isExact).toBe(true)
    expect(parts.map(({ partNumber }) => partNumber).sort()).toEqual(sent)
    expect(await site.openUploads()).toBe(0)
  })

  it('in every part is sent anew, and looks the same at both ends', async () => {
    const site = createSite()
    await leaveAfter(site, 3, begun, checksums)
    const edge = 131_072
    const bytes = new Uint8Array(await begun.arrayBuffer()).fill(2, edge, begun.size - edge)
    const after = new File([bytes], begun.name, { type: begun.type, lastModified: 1 })

    const { isExact, parts } = await uploadAgain(site, after, checksums)

    expect(isExact).toBe(true)
    expect(parts).toHaveLength(5)
  })

  it('sends nothing twice when it has not changed', async () => {
    const site = createSite()
    await leaveAfter(site, 3, begun, checksums)

    const { isExact, parts } = await uploadAgain(site, begun, checksums)

    expect(isExact).toBe(true)
    expect(parts.map(({ partNumber }) => partNumber)).toEqual([4, 5])
  })

  it('shows that bytes are on their way while nothing is left but to compare', async () => {
    const site = createSite()
    const left = openPage(site, {
      ...checksums,
      client: {
        async fetch(url, init) {
          if (!String(init?.body).includes('complete-uploads')) {
            return await site.handler(new Request(url, init))
          }
          left.engine.destroy()
          throw new TypeError('the page is gone')
        },
      },
    })
    await left.engine.upload(left.add(begun))
    const page = openPage(site, checksums)
    const id = page.add(begun)
    const seen = new Set<string>()
    page.store.subscribeTo(id, () => seen.add(page.store.get(id)?.status ?? 'gone'))

    await page.engine.upload(id)

    expect([...seen]).toEqual(['waiting', 'uploading', 'finishing', 'complete'])
  })

  it.each([
    [
      'where the middle of a part differs',
      { at: 5 * mebibyte + 3 * mebibyte, length: 2 * mebibyte },
    ],
    ['where a part begins', { at: 5 * mebibyte, length: 1 }],
    ['where a part ends', { at: 10 * mebibyte - 1, length: 1 }],
  ])('is sent anew without checksums %s', async (_, { at, length }) => {
    const site = createSite()
    await leaveAfter(site, 3, begun)
    const bytes = new Uint8Array(await begun.arrayBuffer()).fill(2, at, at + length)
    const after = new File([bytes], begun.name, { type: begun.type, lastModified: 1 })

    const { isExact, parts } = await uploadAgain(site, after)

    expect(isExact).toBe(true)
    expect(parts).toHaveLength(5)
  })

  it('by a byte that is in no sample is told by its date', async () => {
    const site = createSite()
    await leaveAfter(site, 3, begun)

    const { isExact, parts } = await uploadAgain(site, await withByteChanged(3_000_000, 2))

    expect(isExact).toBe(true)
    expect(parts).toHaveLength(5)
  })

  it('is sent anew when a server that gives no checksums has been asked', async () => {
    const site = createSite()
    await leaveAfter(site, 3, begun, checksums)
    const edge = 131_072
    const bytes = new Uint8Array(await begun.arrayBuffer()).fill(2, edge, begun.size - edge)
    const after = new File([bytes], begun.name, { type: begun.type, lastModified: 1 })

    const { isExact, parts } = await uploadAgain(withoutListedChecksums(site), after, checksums)

    expect(isExact).toBe(true)
    expect(parts).toHaveLength(5)
  })

  it('goes on where it stopped when that server is asked and nothing has changed', async () => {
    const site = createSite()
    await leaveAfter(site, 3, begun, checksums)

    const { isExact, parts } = await uploadAgain(withoutListedChecksums(site), begun, checksums)

    expect(isExact).toBe(true)
    expect(parts).toHaveLength(2)
  })

  it('after the reload, before it is complete, is not completed', async () => {
    const site = createSite()
    await leaveAfter(site, 3, begun)
    const { file, rewrite } = rewritableFile(begun)
    const page = openPage(site, {
      concurrency: 1,
      async onSend(send) {
        rewrite(fileOf(22 * mebibyte, { seed: 2 }))
        return await send()
      },
    })

    await page.engine.upload(page.add(file))

    expect(page.store.get(file.name)).toMatchObject({
      status: 'failed',
      error: { code: 'file-unreadable' },
    })
  })
})

it('a file whose date moves by itself goes on where it stopped', async () => {
  const site = createSite()
  const moving = () => {
    const file = fileOf(22 * mebibyte)
    Object.defineProperty(file, 'lastModified', { get: () => site.clock.ms })
    return file
  }
  await leaveAfter(site, 3, moving())
  site.clock.ms += 60_000

  const { isExact, parts } = await uploadAgain(site, moving())

  expect(isExact).toBe(true)
  expect(parts).toHaveLength(2)
})

it('an older upload of the file is taken when another tab has the latest', async () => {
  const site = createSite()
  const file = fileOf(22 * mebibyte)
  await leaveAfter(site, 3, file)
  const [older] = await site.resumeStore.list(endpoint)
  if (!older) throw new Error('Nothing is kept.')
  await site.resumeStore.save({
    ...older,
    uploadId: 'under way elsewhere',
    savedAt: older.savedAt + 1,
  })
  const lock = createWebLock(undefined)
  await lock.tryLock('under way elsewhere')
  const resumption = new StoredResumption({
    store: site.resumeStore,
    lock,
    endpoint: () => endpoint,
    wallNow: () => site.clock.ms,
    onSaved: () => {},
  })

  const { isExact, parts } = await uploadAgain(site, file, { resumption })

  expect(isExact).toBe(true)
  expect(parts).toHaveLength(2)
})

it.each(['uploading', 'paused'])(
  'a file that is %s says so when another tab goes on with its upload, and leaves it alone',
  async (state) => {
    const site = createSite()
    const file = fileOf(22 * mebibyte)
    let lose = () => {}
    const lock = createWebLock(undefined)
    const resumption = new StoredResumption({
      store: site.resumeStore,
      lock: {
        ...lock,
        tryLock(uploadId, onLost = () => {}) {
          lose = onLost
          return lock.tryLock(uploadId)
        },
      },
      endpoint: () => endpoint,
      wallNow: () => site.clock.ms,
      onSaved: () => {},
      onLost: (kept) => page.engine.yieldToOtherTab(kept),
    })
    let sent = 0
    const page = openPage(site, {
      resumption,
      concurrency: 1,
      onSend(send, { signal }) {
        sent += 1
        if (sent < 3) return send()
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        })
      },
    })
    const uploading = page.engine.upload(page.add(file))
    await vi.waitFor(() => expect(sent).toBe(3))
    if (state === 'paused') page.engine.pause(file.name)

    lose()
    await uploading

    expect(page.store.get(file.name)).toMatchObject({
      status: 'failed',
      error: { code: 'upload-elsewhere' },
    })
    expect(await site.openUploads()).toBe(1)
    expect(page.asked('abort-uploads')).toEqual([])
  },
)

describe('what earlier pages have left', () => {
  it('is listed until it is given up, which removes it from the bucket', async () => {
    const site = createSite()
    await leaveAfter(site, 3, fileOf(22 * mebibyte))
    const { interrupted, store } = openPage(site)
    await interrupted.load()
    const [left] = store.interrupted

    await interrupted.discard(left?.uploadId ?? '')

    expect(left?.name).toBe('film.bin')
    expect(await site.openUploads()).toBe(0)
    await vi.waitFor(async () => {
      await interrupted.load()
      expect(store.interrupted).toEqual([])
    })
  })

  it('is removed from the bucket when it is too old to go on with', async () => {
    const site = createSite({ multipartTokenLifetimeSeconds: 604_800 })
    await leaveAfter(site, 3, fileOf(22 * mebibyte))
    site.clock.ms += 6.5 * 24 * 60 * 60 * 1000
    const { interrupted, store } = openPage(site)

    await interrupted.load()

    expect(store.interrupted).toEqual([])
    expect(await site.openUploads()).toBe(0)
  })
})
