// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'
import type { PartsModule } from '../../../src/upload/sending/engine-services.js'
import * as inParts from '../../../src/upload/sending/in-parts.js'
import {
  createSite,
  fileOf,
  isStoredExactly,
  leaveAfter,
  mebibyte,
  openPage,
  type Site,
} from '../../support/engine.js'

const failing = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'))

async function isStored(site: Site, page: ReturnType<typeof openPage>, id: string, file: File) {
  const record = page.store.get(id)
  return record?.status === 'complete' && (await isStoredExactly(site, record.object.key, file))
}

/** Loads only when it is told to, or fails. */
function heldLoad() {
  const pending = Promise.withResolvers<PartsModule>()
  return {
    load: vi.fn(() => pending.promise),
    arrive: () => pending.resolve(inParts),
  }
}

describe('the code for files that go in parts', () => {
  it('is loaded when a file is added that may go in parts, and for no other', () => {
    const load = vi.fn(async () => inParts)
    const { engine } = openPage(createSite(), { loadParts: load })

    engine.prepare([1, 5 * mebibyte - 1])
    expect(load).not.toHaveBeenCalled()
    engine.prepare([1, 5 * mebibyte])
    engine.prepare([80 * mebibyte])
    expect(load).toHaveBeenCalledTimes(1)
  })

  it('is no concern of a small file', async () => {
    const site = createSite()
    const page = openPage(site, { loadParts: () => new Promise(() => {}) })
    const id = page.add(fileOf(1000))

    await page.engine.upload(id)

    expect(page.store.get(id)?.status).toBe('complete')
  })

  it('is loaded at that moment when nothing was said of the file before', async () => {
    const site = createSite()
    const load = vi.fn(async () => inParts)
    const page = openPage(site, { loadParts: load })
    const file = fileOf(12 * mebibyte)
    const id = page.add(file)

    await page.engine.upload(id)

    expect(load).toHaveBeenCalledTimes(1)
    expect(await isStored(site, page, id, file)).toBe(true)
  })

  it('is asked for again where it could not be loaded, and no second upload is begun', async () => {
    const site = createSite()
    const load = vi.fn(async () => inParts)
    load.mockImplementationOnce(failing).mockImplementationOnce(failing)
    const page = openPage(site, { loadParts: load })
    const file = fileOf(12 * mebibyte)
    const id = page.add(file)

    await page.engine.upload(id)

    expect(await isStored(site, page, id, file)).toBe(true)
    expect(load).toHaveBeenCalledTimes(3)
    expect(site.operations('CreateMultipartUpload')).toHaveLength(1)
  })

  it('is waited for while the browser is offline, however long that takes', async () => {
    const site = createSite()
    let tries = 0
    const page = openPage(site, {
      policy: { budgetSeconds: 60 },
      async loadParts() {
        tries += 1
        page.network.isOnline = tries === 1 || tries > 20
        return page.network.isOnline && tries > 1 ? inParts : await failing()
      },
    })
    const file = fileOf(12 * mebibyte)
    const id = page.add(file)

    await page.engine.upload(id)

    expect(tries).toBe(21)
    expect(await isStored(site, page, id, file)).toBe(true)
  })

  it('fails the file when it never comes, leaves nothing in the bucket, and a retry goes on', async () => {
    const site = createSite()
    const load = vi.fn<() => Promise<PartsModule>>(failing)
    const page = openPage(site, { loadParts: load, policy: { budgetSeconds: 60 } })
    const file = fileOf(12 * mebibyte)
    const id = page.add(file)

    await page.engine.upload(id)

    expect(page.store.get(id)).toMatchObject({
      status: 'failed',
      error: { code: 'code-not-loaded', retryable: true },
    })
    await vi.waitFor(async () => expect(await site.openUploads()).toBe(0))
    expect(site.operations('CreateMultipartUpload')).toHaveLength(1)
    load.mockImplementation(async () => inParts)
    await page.engine.upload(id)
    expect(await isStored(site, page, id, file)).toBe(true)
  })

  it('may be loading when the file is paused: the upload that was begun goes on', async () => {
    const site = createSite()
    const { load, arrive } = heldLoad()
    const page = openPage(site, { loadParts: load })
    const file = fileOf(12 * mebibyte)
    const id = page.add(file)
    const end = page.engine.upload(id)
    await vi.waitFor(() => expect(load).toHaveBeenCalled())

    page.engine.pause(id)
    expect(page.store.get(id)?.status).toBe('paused')
    arrive()
    page.engine.resume(id)
    await end

    expect(await isStored(site, page, id, file)).toBe(true)
    expect(site.operations('CreateMultipartUpload')).toHaveLength(1)
  })

  it.each(['cancel', 'destroy'] as const)(
    'may be loading at %s: what was begun is removed from the bucket',
    async (how) => {
      const site = createSite()
      const { load, arrive } = heldLoad()
      const page = openPage(site, { loadParts: load })
      const id = page.add(fileOf(12 * mebibyte))
      const end = page.engine.upload(id)
      await vi.waitFor(() => expect(load).toHaveBeenCalled())
      expect(await site.openUploads()).toBe(1)

      page.engine[how](id)
      await end

      await vi.waitFor(async () => expect(await site.openUploads()).toBe(0))
      arrive()
    },
  )

  it('is loaded for what an earlier page has left, which is not lost when it cannot be', async () => {
    const site = createSite()
    const file = fileOf(22 * mebibyte)
    await leaveAfter(site, 2, file)
    const load = vi.fn<() => Promise<PartsModule>>(failing)
    const page = openPage(site, { loadParts: load, policy: { budgetSeconds: 60 } })
    const id = page.add(file)

    await page.engine.upload(id)
    expect(page.store.get(id)).toMatchObject({
      status: 'failed',
      error: { code: 'code-not-loaded' },
    })
    load.mockImplementation(async () => inParts)
    await page.engine.upload(id)

    expect(await isStored(site, page, id, file)).toBe(true)
    expect(site.operations('CreateMultipartUpload')).toHaveLength(1)
  })
})
