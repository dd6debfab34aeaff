// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'
import { StoredResumption } from '../../../src/upload/resume/stored-resumption.js'
import { createWebLock } from '../../../src/upload/resume/web-lock.js'
import { createSite, fileOf, leaveAfter, mebibyte, openPage } from '../../support/engine.js'
import { createMemoryResumeStore } from '../../support/memory-resume-store.js'

const settle = (ms = 50) => new Promise((resolve) => setTimeout(resolve, ms))

describe('the old upload of a file that was removed and added again', () => {
  it('does not erase what continues the new one from the Uppy file', async () => {
    const site = createSite()
    const kept: [string, string | undefined][] = []
    const resumption = new StoredResumption({
      store: createMemoryResumeStore({ wallNow: () => site.clock.ms }),
      lock: createWebLock(undefined),
      endpoint: () => 'http://app.test/api/s3',
      wallNow: () => site.clock.ms,
      onSaved: ({ uploadId }, record) => kept.push([uploadId, record?.uploadId]),
    })
    let answers: () => void = () => {}
    const page = openPage(site, {
      resumption,
      client: {
        fetch: async (url, init) => {
          if (String(init?.body).includes('abort-uploads')) {
            await new Promise<void>((resolve) => {
              answers = resolve
            })
          }
          return await site.handler(new Request(url, init))
        },
      },
      onSend: (_send, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        }),
    })
    const file = fileOf(11 * mebibyte)
    page.add(file, { id: 'a' })
    void page.engine.upload('a')
    const keptIds = () => new Set(kept.map(([id]) => id))
    await vi.waitFor(() => expect(keptIds().size).toBe(1))
    page.engine.cancel('a')
    page.store.remove(['a'])
    const uploadId = crypto.randomUUID()
    page.add(file, { id: 'a', uploadId })
    void page.engine.upload('a')
    await vi.waitFor(() => expect(keptIds().size).toBe(2))
    answers()
    await settle(200)
    page.engine.destroy()
    expect(kept.findLast(([id]) => id === uploadId)).toEqual([uploadId, uploadId])
  })
})

describe('a record on the Uppy file, where the database has none', () => {
  it.each([
    ['of this version is resumed', {}, true],
    ['of another version belongs to no file', { version: 1 }, false],
    ['of an upload that was discarded is not resumed', { isDiscarded: true }, false],
  ])('%s', async (_, changes, isResumed) => {
    const site = createSite()
    const source = fileOf(15 * mebibyte)
    await leaveAfter(site, 1, source)
    const [left] = await site.resumeStore.list('http://app.test/api/s3')
    await site.resumeStore.remove(left?.uploadId ?? '')
    const page = openPage(site)
    const { name, type, size } = source
    const facts = { id: 'a', uploadId: crypto.randomUUID(), name, type, size, source }
    page.store.add([{ ...facts, resumeFrom: { ...left, ...changes } }])

    await page.engine.upload('a')

    expect(page.store.get('a')?.status).toBe('complete')
    expect(page.asked('list-parts').length > 0).toBe(isResumed)
  })
})

describe('one Blob that is added with other metadata in the same page', () => {
  it('is kept under the metadata of its own upload', async () => {
    const completed: unknown[] = []
    const site = createSite({
      onUploadComplete: ({ metadata }) => {
        completed.push(metadata)
      },
    })
    const file = fileOf(12 * mebibyte)
    const facts = { name: file.name, type: file.type, size: file.size, source: file }
    let sent = 0
    const before = openPage(site, {
      concurrency: 1,
      async onSend(send, request) {
        sent += 1
        // A is cancelled at its first part, B is left behind after its first.
        if (sent === 1) {
          before.engine.cancel('a')
          request.signal.throwIfAborted()
        }
        if (sent === 3) {
          before.engine.destroy()
          request.signal.throwIfAborted()
        }
        return await send()
      },
    })
    const add = (page: ReturnType<typeof openPage>, id: string, album: string) => {
      page.store.add([{ ...facts, id, uploadId: crypto.randomUUID(), metadata: { album } }])
      return page.engine.upload(id)
    }
    await add(before, 'a', 'A')
    await settle(200)
    await add(before, 'b', 'B')
    await settle(200)

    const page = openPage(site)
    await add(page, 'a', 'A')

    expect(page.store.get('a')?.status).toBe('complete')
    expect(completed).toEqual([{ album: 'A' }])
  })
})
