import { afterEach, describe, expect, it, vi } from 'vitest'
import { NetworkError } from '../../src/upload/errors/upload-error.js'
import { createSite, mebibyte, openPage } from '../support/engine.js'

type Page = ReturnType<typeof openPage>

afterEach(() => vi.restoreAllMocks())

describe('an upload without a connection', () => {
  it('waits for it, and says so in the record and in the summary', async () => {
    const page = openPage(createSite())
    page.network.isOnline = false

    const ends = ['a.bin', 'b.bin'].map((name) => page.engine.upload(addFile(page, 10, name)))
    await vi.waitFor(() => expect(page.store.summary.offline).toBe(2))

    const { status, reason, lastError } = delayOf(page, 'a.bin')
    expect([status, reason, lastError]).toEqual(['waiting', 'offline', undefined])
    goOnline(page)
    await Promise.all(ends)
    expect(page.store.summary).toMatchObject({ offline: 0, counts: { complete: 2 } })
  })

  it('never says otherwise while its tries fail', async () => {
    const page = openPage(createSite())
    page.network.isOnline = false
    const id = addFile(page, 10)
    const seen = new Set<string>()
    const stop = page.store.subscribeTo(id, () => seen.add(describeDelay(delayOf(page, id))))

    const end = page.engine.upload(id)
    await vi.waitFor(() => expect(page.network.slept.length).toBeGreaterThan(3))

    stop()
    expect([...seen]).toEqual(['waiting offline'])
    goOnline(page)
    await end
  })

  it('waits for it with parts on their way', async () => {
    let sent = 0
    const page = openPage(createSite(), {
      onSend: async (send) => {
        sent += 1
        if (sent === 3) goOffline(page)
        if (!page.network.isOnline) throw new NetworkError('No answer.', { code: 'network' })
        return await send()
      },
    })
    const id = addFile(page, 30 * mebibyte)
    const end = page.engine.upload(id)
    // After the break one part at a time tries again.
    await vi.waitFor(() => expect(page.network.slept.length).toBeGreaterThan(12), 10_000)

    expect(describeDelay(delayOf(page, id))).toBe('waiting offline')
    goOnline(page)
    await end
    expect(page.store.get(id)?.status).toBe('complete')
  })

  it('says so before anything has failed', async () => {
    const page = openPage(createSite(), { onSend: () => new Promise(() => {}) })
    const id = addFile(page, 10)
    void page.engine.upload(id)
    await vi.waitFor(() => expect(page.store.get(id)?.status).toBe('uploading'))

    goOffline(page)

    expect(describeDelay(delayOf(page, id))).toBe('waiting offline')
    page.engine.destroy()
  })

  it('says so although the browser still reports bytes that had left before', async () => {
    let report = (_sentBytes: number) => {}
    const site = createSite()
    const page = openPage(site, {
      onSend: (_send, { onProgress }) => {
        report = (sentBytes) => onProgress(sentBytes, 100)
        return new Promise(() => {})
      },
    })
    const id = addFile(page, 100)
    void page.engine.upload(id)
    await vi.waitFor(() => expect(page.store.get(id)?.status).toBe('uploading'))
    report(10)

    goOffline(page)
    report(20)
    site.clock.ms += 100
    report(30)

    expect(describeDelay(delayOf(page, id))).toBe('waiting offline')
    // Bytes that move for longer show that the browser errs.
    site.clock.ms += 1000
    report(40)
    expect(page.store.get(id)?.status).toBe('uploading')
    page.engine.destroy()
  })

  it('is offline no longer when the browser is online, whether or not bytes move', async () => {
    const page = openPage(createSite(), { onSend: () => new Promise(() => {}) })
    const id = addFile(page, 10)
    void page.engine.upload(id)
    await vi.waitFor(() => expect(page.store.get(id)?.status).toBe('uploading'))
    goOffline(page)

    goOnline(page)

    expect(describeDelay(delayOf(page, id))).toBe('waiting undefined')
    page.engine.destroy()
  })

  it('waits for it with all its bytes sent', async () => {
    const page = openPage(createSite(), {
      onSend: async (send) => {
        const response = await send()
        goOffline(page)
        return response
      },
    })
    const id = addFile(page, 10)
    const end = page.engine.upload(id)
    await vi.waitFor(() => expect(describeDelay(delayOf(page, id))).toBe('finishing offline'))

    goOnline(page)
    await end

    expect(page.store.get(id)?.status).toBe('complete')
  })

  it('stays paused', async () => {
    const page = openPage(createSite(), { onSend: () => new Promise(() => {}) })
    const id = addFile(page, 10)
    void page.engine.upload(id)
    await vi.waitFor(() => expect(page.store.get(id)?.status).toBe('uploading'))
    page.engine.pause(id)

    goOffline(page)

    expect(page.store.get(id)?.status).toBe('paused')
    page.engine.resume(id)
    expect(describeDelay(delayOf(page, id))).toBe('waiting offline')
    page.engine.destroy()
  })
})

describe('a browser that is wrong', () => {
  it('about being offline: the upload shows its progress and ends', async () => {
    const page = openPage(createSite(), { runtime: { isOnline: () => false } })
    const id = addFile(page, 10)
    const seen: string[] = []
    page.store.subscribeTo(id, () => seen.push(page.store.get(id)?.status ?? ''))

    await page.engine.upload(id)

    expect(seen).toContain('uploading')
    expect(page.store.get(id)?.status).toBe('complete')
  })

  it('about being online: the record says what has failed', async () => {
    const page = openPage(createSite(), { runtime: { isOnline: () => true } })
    page.network.isOnline = false
    const id = addFile(page, 10)
    const seen: unknown[] = []
    page.store.subscribeTo(id, () => {
      const record = page.store.get(id)
      if (record?.status !== 'waiting' || !record.lastError) return
      seen.push(record.reason, record.lastError.code, page.store.summary.offline)
      page.network.isOnline = true
    })

    await page.engine.upload(id)

    expect(seen).toEqual(['retry', 'endpoint-unreachable', 0])
    expect(page.store.get(id)?.status).toBe('complete')
  })
})

it('an engine that has ended listens no longer', () => {
  const removed = vi.spyOn(globalThis, 'removeEventListener')
  const page = openPage(createSite())

  page.engine.destroy()

  expect(removed.mock.calls.map(([event]) => event)).toEqual(['online', 'offline'])
})

function addFile(page: Page, size: number, name = 'a.bin'): string {
  return page.add(new File([new Uint8Array(size)], name))
}

function goOffline({ network }: Page): void {
  network.isOnline = false
  window.dispatchEvent(new Event('offline'))
}

function goOnline({ network }: Page): void {
  network.isOnline = true
  window.dispatchEvent(new Event('online'))
}

function delayOf({ store }: Page, id: string) {
  const record = store.get(id)
  if (record?.status !== 'waiting' && record?.status !== 'finishing') {
    throw new Error(`The upload is ${record?.status}.`)
  }
  return record
}

function describeDelay({ status, reason }: ReturnType<typeof delayOf>): string {
  return `${status} ${reason}`
}
