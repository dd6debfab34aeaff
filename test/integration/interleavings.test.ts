// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'
import { NetworkError } from '../../src/upload/errors/upload-error.js'
import { StoredResumption } from '../../src/upload/resume/stored-resumption.js'
import { createWebLock } from '../../src/upload/resume/web-lock.js'
import {
  createSite,
  fileOf,
  isStoredExactly,
  leaveAfter,
  mebibyte,
  openPage,
} from '../support/engine.js'
import { createMemoryResumeStore } from '../support/memory-resume-store.js'

const endpoint = 'http://app.test/api/s3'
const settle = (ms = 50) => new Promise((resolve) => setTimeout(resolve, ms))
const keyOf = (page: ReturnType<typeof openPage>, id: string) => {
  const record = page.store.get(id)
  return record?.status === 'complete' ? record.object.key : ''
}

describe('a retry with other bytes of the same size', () => {
  it('stores the new bytes, and not a mix of old and new', async () => {
    const site = createSite()
    const [first, second] = [fileOf(12 * mebibyte), fileOf(12 * mebibyte, { seed: 7 })]
    const remove = site.s3.fault({
      operation: 'UploadPart',
      partNumber: 3,
      effect: { kind: 'refuse', code: 'AccessDenied' },
    })
    const page = openPage(site, { concurrency: 1 })
    const id = page.add(first)
    await page.engine.upload(id)
    expect(page.store.get(id)?.status).toBe('failed')
    remove()
    // An encrypting or compressing preprocessor runs again at every retry.
    const { name, type, size } = second
    page.engine.update(id, { name, type, size, source: second })

    await page.engine.upload(id)

    expect(page.store.get(id)?.status).toBe('complete')
    expect(await isStoredExactly(site, keyOf(page, id), second)).toBe(true)
  })
})

describe('a file that goes on after a reload', () => {
  it('is completed with the metadata it was added with now', async () => {
    const completed: unknown[] = []
    const site = createSite({
      onUploadComplete: ({ metadata }) => {
        completed.push(metadata)
      },
    })
    const file = fileOf(12 * mebibyte)
    let sent = 0
    const before = openPage(site, {
      concurrency: 1,
      async onSend(send, request) {
        if (sent === 1) {
          before.engine.destroy()
          request.signal.throwIfAborted()
        }
        sent += 1
        return await send()
      },
    })
    const facts = { id: 'a', name: file.name, type: file.type, size: file.size, source: file }
    before.store.add([{ ...facts, uploadId: crypto.randomUUID(), metadata: { album: 'A' } }])
    await before.engine.upload('a')
    await vi.waitFor(async () => expect(await site.resumeStore.list(endpoint)).toHaveLength(1))

    const page = openPage(site)
    page.store.add([{ ...facts, uploadId: crypto.randomUUID(), metadata: { album: 'B' } }])
    await page.engine.upload('a')

    expect(page.store.get('a')?.status).toBe('complete')
    expect(completed).toEqual([{ album: 'B' }])
  })
})

const hold = (signal: AbortSignal, _send: unknown) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
    if (signal.aborted) reject(signal.reason)
  })

describe('a cancellation that the server did not take', () => {
  it.each([
    ['nobody is signed in', 401, 'unauthorized', false],
    ['the server is down for long', 503, 'storage-error', true],
  ])('because %s is told again by the next page', async (_name, status, code, retryable) => {
    const site = createSite()
    let refuses = true
    const client = {
      fetch: async (url: RequestInfo | URL, init?: RequestInit) =>
        refuses && String(init?.body).includes('abort-uploads')
          ? Response.json({ error: { code, message: 'No.', retryable } }, { status })
          : await site.handler(new Request(url, init)),
    }
    const page = openPage(site, { client, onSend: (send, { signal }) => hold(signal, send) })
    const id = page.add(fileOf(11 * mebibyte))
    const uploading = page.engine.upload(id)
    await vi.waitFor(() => expect(page.store.get(id)?.status).toBe('uploading'))
    await vi.waitFor(async () => expect(await site.resumeStore.list(endpoint)).toHaveLength(1))
    page.engine.cancel(id)
    await uploading
    await settle(500)
    expect(await site.openUploads()).toBe(1)

    refuses = false
    const next = openPage(site)
    await next.interrupted.load()

    expect(await site.openUploads()).toBe(0)
  })
})

describe('many large files', () => {
  it.each([
    ['of the usual threshold', 33],
    ['above a lower threshold of the server', 6],
  ])('%s are begun when their turn comes, and not all at once', async (_name, size) => {
    const site = createSite()
    const page = openPage(site, {
      concurrency: 1,
      onSend: (send, { signal }) => hold(signal, send),
    })
    const file = fileOf(size * mebibyte)
    const ids = Array.from({ length: 40 }, (_, index) => page.add(file, { id: `${index}` }))
    for (const id of ids) void page.engine.upload(id)
    await settle(2500)

    expect(site.operations('CreateMultipartUpload').length).toBeLessThanOrEqual(8)
    page.engine.destroy()
  })
})

describe('pausing everything', () => {
  it('stops asking for signatures of queued files', async () => {
    const site = createSite()
    const page = openPage(site, {
      concurrency: 1,
      onSend: (send, { signal }) => hold(signal, send),
    })
    const file = fileOf(1000)
    const ids = Array.from({ length: 350 }, (_, index) => page.add(file, { id: `${index}` }))
    for (const id of ids) void page.engine.upload(id)
    await settle(300)
    const before = page.asked('sign-uploads').length
    for (const id of ids) page.engine.pause(id)
    await settle(1500)

    expect(page.asked('sign-uploads').length).toBeLessThanOrEqual(before + 1)
    expect(ids.filter((id) => page.store.get(id)?.status !== 'paused')).toEqual([])
    page.engine.destroy()
  })

  it('shows a file as paused at once while the signing endpoint does not answer', async () => {
    const site = createSite()
    const page = openPage(site, { client: { fetch: () => new Promise(() => {}) } })
    const id = page.add(fileOf(1000))
    void page.engine.upload(id)
    await settle(20)
    page.engine.pause(id)
    await settle(50)
    expect(page.store.get(id)?.status).toBe('paused')
    page.engine.destroy()
  })
})

describe('one failed sign-parts while other parts move', () => {
  it('does not leave the file waiting, with its progress frozen, once it is over', async () => {
    const site = createSite()
    let asked = 0
    let inFlight = 0
    const page = openPage(site, {
      wantsChecksums: () => true,
      concurrency: 4,
      client: {
        fetch: async (url, init) => {
          const isSignParts = String(init?.body).includes('sign-parts')
          if (isSignParts) asked += 1
          if (isSignParts && inFlight >= 2 && asked >= 3 && refusals === 0) {
            refusals += 1
            return Response.json(
              { error: { code: 'storage-error', message: 'Busy.', retryable: true } },
              { status: 502 },
            )
          }
          return await site.handler(new Request(url, init))
        },
      },
      async onSend(send) {
        inFlight += 1
        await settle(refusals > 0 ? 80 : 300)
        try {
          return await send()
        } finally {
          inFlight -= 1
          if (refusals > 0) after.push(page.store.get('film.bin')?.status ?? '')
        }
      },
    })
    let refusals = 0
    const after: string[] = []
    await page.engine.upload(page.add(fileOf(100 * mebibyte)))

    expect(refusals).toBe(1)
    expect(page.store.get('film.bin')?.status).toBe('complete')
    // A few parts after the refusal, bytes move and the record says so.
    expect(after.slice(6)).not.toContain('waiting')
  })
})

describe('S3 that refuses everything as SlowDown', () => {
  it('is asked by no more parts than there are slots until the first wait is over', async () => {
    const site = createSite()
    const numbers = new Set<string>()
    const page = openPage(site, {
      runtime: { sleep: () => new Promise(() => {}) },
      async onSend(_send, request) {
        numbers.add(new URL(request.url).searchParams.get('partNumber') ?? '')
        return {
          status: 503,
          body: '<Error><Code>SlowDown</Code><Message>Slow.</Message></Error>',
        }
      },
    })
    void page.engine.upload(page.add(fileOf(80 * mebibyte)))
    await settle(1500)
    expect(numbers.size).toBeLessThanOrEqual(6)
    page.engine.destroy()
  })
})

describe('a restored upload that S3 has lost', () => {
  it('is given up once and sent anew', async () => {
    const site = createSite()
    const file = fileOf(11 * mebibyte)
    await leaveAfter(site, 1, file)
    const [kept] = await site.resumeStore.list(endpoint)
    await site.s3.reset()
    // What Golden Retriever gives back where IndexedDB does not answer.
    await site.resumeStore.remove(kept?.uploadId ?? '')
    const page = openPage(site)
    const facts = { name: file.name, type: file.type, size: file.size, source: file }
    page.store.add([{ ...facts, id: 'a', uploadId: crypto.randomUUID(), resumeFrom: kept }])
    void page.engine.upload('a')
    await settle(1500)
    page.engine.cancel('a')
    expect(page.asked('list-parts').length).toBeLessThanOrEqual(2)
  })
})

describe('an answer with a plan that does not fit', () => {
  it('leaves no upload open after the file is removed', async () => {
    const site = createSite()
    const page = openPage(site, {
      client: {
        fetch: async (url, init) => {
          const response = await site.handler(new Request(url, init))
          if (!String(init?.body).includes('sign-uploads')) return response
          const answer = (await response.json()) as { files: { partCount: number }[] }
          for (const file of answer.files) file.partCount += 1
          return Response.json(answer)
        },
      },
    })
    const id = page.add(fileOf(11 * mebibyte))
    await page.engine.upload(id)
    expect(page.store.get(id)?.status).toBe('failed')
    page.engine.cancel(id)
    await settle(500)
    expect(await site.openUploads()).toBe(0)
  })
})

describe('an engine that ends while it looks for an earlier upload', () => {
  it('gives the upload back to the next engine', async () => {
    const site = createSite()
    const file = fileOf(11 * mebibyte)
    await leaveAfter(site, 1, file)
    const lock = createWebLock(undefined)
    const resumption = (delayMs: number) =>
      new StoredResumption({
        store: {
          ...site.resumeStore,
          find: async (...args) => {
            await settle(delayMs)
            return await site.resumeStore.find(...args)
          },
        },
        lock,
        endpoint: () => endpoint,
        wallNow: () => site.clock.ms,
        onSaved: () => {},
      })
    const first = openPage(site, { resumption: resumption(50) })
    const ended = first.engine.upload(first.add(file))
    await settle(20)
    first.engine.destroy()
    await ended
    await settle(100)

    const second = openPage(site, { resumption: resumption(0) })
    const parts = site.operations('UploadPart').length
    await second.engine.upload(second.add(file))

    expect(site.operations('UploadPart').length - parts).toBe(2)
  })
})

describe('a file whose earlier upload is still looked for', () => {
  /** A page whose store answers when it is told to, after an earlier page has sent one of three parts. */
  async function openSlowPage() {
    const site = createSite()
    const file = fileOf(11 * mebibyte)
    await leaveAfter(site, 1, file)
    const answer = Promise.withResolvers<void>()
    const find = vi.fn(async (...args: Parameters<typeof site.resumeStore.find>) => {
      await answer.promise
      return await site.resumeStore.find(...args)
    })
    const page = openPage(site, {
      resumption: new StoredResumption({
        store: { ...site.resumeStore, find },
        lock: createWebLock(undefined),
        endpoint: () => endpoint,
        wallNow: () => site.clock.ms,
        onSaved: () => {},
      }),
    })
    const id = page.add(file)
    const ended = page.engine.upload(id)
    await vi.waitFor(() => expect(find).toHaveBeenCalled())
    return { site, page, id, ended, find, answer: answer.resolve }
  }

  it('leaves nothing in the bucket when it is cancelled', async () => {
    const { site, page, id, answer } = await openSlowPage()

    page.engine.cancel(id)
    await settle(20)
    answer()

    await vi.waitFor(async () => expect(await site.openUploads()).toBe(0))
    expect(await site.resumeStore.list(endpoint)).toEqual([])
  })

  it('goes on with it after a pause, and begins no other', async () => {
    const { site, page, id, ended, find, answer } = await openSlowPage()

    page.engine.pause(id)
    await settle(10)
    page.engine.resume(id)
    await settle(10)
    answer()
    await ended

    expect(page.store.get(id)?.status).toBe('complete')
    expect(find).toHaveBeenCalledOnce()
    expect(site.operations('CreateMultipartUpload')).toHaveLength(1)
    expect(await site.openUploads()).toBe(0)
  })
})

describe('S3 alone unreachable for two minutes', () => {
  it('does not fail a file of which parts have arrived already', async () => {
    const site = createSite()
    let sent = 0
    let deadUntil = Number.POSITIVE_INFINITY
    const page = openPage(site, {
      concurrency: 1,
      async onSend(send) {
        sent += 1
        if (sent === 3) deadUntil = site.clock.ms + 120_000
        if (sent >= 3 && site.clock.ms < deadUntil)
          throw new NetworkError('No.', { code: 'network' })
        return await send()
      },
    })
    const id = page.add(fileOf(22 * mebibyte))
    await page.engine.upload(id)
    expect(page.store.get(id)).toMatchObject({ status: 'complete' })
  })
})

describe('a retry after the answers of the endpoint were lost', () => {
  it('leaves no second upload open', async () => {
    const site = createSite()
    let loses = true
    const page = openPage(site, {
      client: {
        fetch: async (url, init) => {
          const response = await site.handler(new Request(url, init))
          if (loses && String(init?.body).includes('sign-uploads')) throw new TypeError('lost')
          return response
        },
      },
    })
    const id = page.add(fileOf(11 * mebibyte))
    await page.engine.upload(id)
    expect(page.store.get(id)?.status).toBe('failed')
    loses = false
    await page.engine.upload(id)
    expect(page.store.get(id)?.status).toBe('complete')
    expect(await site.openUploads()).toBe(0)
  })
})

describe('the same file in two tabs', () => {
  it('is two uploads even when the first ends while the second looks for it', async () => {
    const site = createSite()
    const file = fileOf(11 * mebibyte)
    const lock = createWebLock(undefined)
    const store = createMemoryResumeStore({ wallNow: () => site.clock.ms })
    let found: () => void = () => {}
    const isFound = new Promise<void>((resolve) => {
      found = resolve
    })
    let go: () => void = () => {}
    const mayGo = new Promise<void>((resolve) => {
      go = resolve
    })
    const resumption = (find: typeof store.find) =>
      new StoredResumption({
        store: { ...store, find },
        lock,
        endpoint: () => endpoint,
        wallNow: () => site.clock.ms,
        onSaved: () => {},
      })
    const gate: (() => void)[] = []
    const first = openPage(site, {
      resumption: resumption(store.find),
      async onSend(send) {
        await new Promise<void>((resolve) => gate.push(resolve))
        return await send()
      },
    })
    const one = first.engine.upload(first.add(file))
    await vi.waitFor(async () => expect(await store.list(endpoint)).toHaveLength(1))
    const second = openPage(site, {
      resumption: resumption(async (...args) => {
        const record = await store.find(...args)
        found()
        await mayGo
        return record
      }),
    })
    const two = second.engine.upload(second.add(file))
    await isFound
    const timer = setInterval(() => gate.shift()?.(), 5)
    await one
    clearInterval(timer)
    await settle(50)
    go()
    await two
    expect(second.store.get(file.name)?.status).toBe('complete')
    expect(keyOf(second, file.name)).not.toBe(keyOf(first, file.name))
  })
})
