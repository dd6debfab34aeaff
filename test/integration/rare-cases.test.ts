// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'
import { createSigningClient } from '../../src/upload/endpoint/signing-client.js'
import type { UploadClient } from '../../src/upload/endpoint/upload-client.js'
import { NetworkError } from '../../src/upload/errors/upload-error.js'
import { StoredResumption } from '../../src/upload/resume/stored-resumption.js'
import { createWebLock } from '../../src/upload/resume/web-lock.js'
import { UploadStore } from '../../src/upload/store/upload-store.js'
import { UploadEngine } from '../../src/upload/upload-engine.js'
import { createSite, fileOf, mebibyte, openPage } from '../support/engine.js'
import { createMemoryResumeStore } from '../support/memory-resume-store.js'

const settle = (ms = 50) => new Promise((resolve) => setTimeout(resolve, ms))

/** A client that plans 10,000 parts of 1,000 bytes and takes everything. */
function endlessClient(partCount = 10_000) {
  const calls = { signParts: 0 }
  const client: UploadClient = {
    signUploads: async (files) =>
      files.map(({ id }) => ({
        id,
        method: 'MULTIPART' as const,
        key: `k/${id}`,
        token: id,
        partSizeBytes: 1000,
        partCount,
        expiresInSeconds: 600,
      })),
    signParts: async (_token, parts) => {
      calls.signParts += 1
      return {
        parts: parts.map(({ partNumber }) => ({
          partNumber,
          url: `http://s3.test/k?partNumber=${partNumber}`,
          headers: {},
        })),
        expiresInSeconds: 600,
      }
    },
    listParts: async () => ({ state: 'open', parts: [] }),
    completeUploads: async (tokens) =>
      tokens.map((id) => ({
        id,
        key: `k/${id}`,
        size: partCount * 1000,
        etag: 'e',
        contentType: '',
        receipt: 'r',
      })),
    abortUploads: async (tokens) => tokens.map((id) => ({ id, state: 'aborted' as const })),
  }
  return { client, calls }
}

describe('ten thousand parts', () => {
  it('cost a request for each 16 parts at most, and a few small reads of each part', async () => {
    const { client, calls } = endlessClient()
    const store = new UploadStore()
    const engine = new UploadEngine({
      store,
      client,
      transport: { send: async () => ({ status: 200, body: '' }) },
    })
    const source = new Blob([new Uint8Array(10_000_000)])
    const cuts = vi.spyOn(source, 'slice')
    store.add([{ id: 'a', uploadId: 'u', name: 'a', type: '', size: source.size, source }])
    await engine.upload('a')
    expect(store.get('a')?.status).toBe('complete')
    expect(calls.signParts).toBeLessThanOrEqual(10_000 / 16)
    // To send a part, and to look at it before and after.
    expect(cuts.mock.calls.length).toBeLessThanOrEqual(3 * 10_000 + 10)
  })

  it('keep no signature of a part that has arrived', async () => {
    const { client } = endlessClient(2000)
    const refs: WeakRef<object>[] = []
    const store = new UploadStore()
    let sent = 0
    let last: () => void = () => {}
    const engine = new UploadEngine({
      store,
      client: {
        ...client,
        signParts: async (token, parts, options) => {
          const answer = await client.signParts(token, parts, options)
          for (const part of answer.parts) refs.push(new WeakRef(part))
          return answer
        },
      },
      transport: {
        send: async () => {
          sent += 1
          if (sent === 1900) await new Promise<void>((resolve) => (last = resolve))
          return { status: 200, body: '' }
        },
      },
    })
    const source = new Blob([new Uint8Array(2_000_000)])
    store.add([{ id: 'a', uploadId: 'u', name: 'a', type: '', size: source.size, source }])
    const uploading = engine.upload('a')
    await vi.waitFor(() => expect(sent).toBeGreaterThanOrEqual(1900), { timeout: 10_000 })
    await settle(200)
    const { setFlagsFromString } = await import('node:v8')
    const { runInNewContext } = await import('node:vm')
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    collect()
    await settle(50)
    collect()
    const alive = refs.filter((ref) => ref.deref()).length
    last()
    await uploading
    expect(alive).toBeLessThan(300)
  })
})

describe('an endpoint on another origin without CORS', () => {
  it('is named as a possible cause, not the internet connection alone', async () => {
    const client = createSigningClient({
      endpoint: 'https://api.other.test/s3',
      fetch: async () => {
        throw new TypeError('Failed to fetch')
      },
    })
    const { signal } = new AbortController()
    const message = await client.listParts('t', { signal }).catch((error: Error) => error.message)
    expect(message).toMatch(/CORS|Content-Security-Policy/)
  })
})

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

describe('a retry by hand after sign-uploads said that the upload exists', () => {
  it('uploads the file under a new id', async () => {
    const site = createSite()
    const page = openPage(site)
    const id = page.add(fileOf(11 * mebibyte))
    await page.engine.upload(id)
    expect(page.store.get(id)?.status).toBe('complete')
    await page.engine.upload(id)
    await page.engine.upload(id)
    expect(page.store.get(id)).toMatchObject({ status: 'complete' })
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

describe('a pause while parts are retried', () => {
  it('shows paused, and not waiting or uploading, until it is resumed', async () => {
    const site = createSite()
    const statuses: string[] = []
    const page = openPage(site, {
      async onSend(_send, { signal }) {
        sends += 1
        if (sends === 3) {
          queueMicrotask(() => page.engine.pause(id))
          setTimeout(() => {
            page.store.subscribeTo(id, () => statuses.push(page.store.get(id)?.status ?? ''))
          }, 100)
        }
        await settle(10)
        signal.throwIfAborted()
        return { status: 503, body: '<Error><Code>SlowDown</Code></Error>' }
      },
    })
    let sends = 0
    const id = page.add(fileOf(30 * mebibyte))
    void page.engine.upload(id)
    await settle(800)
    expect(page.store.get(id)?.status).toBe('paused')
    expect(statuses.filter((status) => status !== 'paused')).toEqual([])
    page.engine.destroy()
  })
})

describe('random clicks on six files', () => {
  const run = async (seed: number) => {
    let state = seed
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state / 2 ** 32
    }
    const site = createSite()
    const page = openPage(site, {
      concurrency: 1 + Math.floor(random() * 4),
      runtime: {
        sleep: async (ms, signal) => {
          site.clock.ms += ms
          await settle(1)
          signal?.throwIfAborted()
        },
      },
      async onSend(send) {
        await settle(random() * 15)
        if (random() < 0.1) throw new NetworkError('No.', { code: 'network' })
        const answer = await send()
        if (random() < 0.1) throw new NetworkError('Lost.', { code: 'network' })
        return answer
      },
    })
    const big = fileOf(11 * mebibyte)
    const small = fileOf(1000)
    const ids = Array.from({ length: 6 }, (_, index) =>
      page.add(index % 2 ? big : small, { id: `${index}` }),
    )
    const uploads = new Map(ids.map((id) => [id, page.engine.upload(id)]))
    const cancelled = new Set<string>()
    for (let click = 0; click < 40; click += 1) {
      const id = ids[Math.floor(random() * ids.length)] ?? ''
      const action = random()
      if (action < 0.4) page.engine.pause(id)
      else if (action < 0.8) page.engine.resume(id)
      else if (action < 0.87 && cancelled.size < 3) {
        cancelled.add(id)
        page.engine.cancel(id)
        page.store.remove([id])
      } else if (page.store.get(id)?.status === 'failed') {
        uploads.set(id, page.engine.upload(id))
      }
      await settle(random() * 12)
    }
    for (const id of ids) page.engine.resume(id)
    const ended = await Promise.race([
      Promise.all(uploads.values()).then(() => 'ended'),
      settle(8000).then(() => 'hangs'),
    ])
    const left = ids.filter((id) => !cancelled.has(id))
    const wrong: string[] = []
    for (const id of left) {
      const record = page.store.get(id)
      if (record?.status === 'failed') continue
      if (record?.status !== 'complete') wrong.push(`${id} ${record?.status}`)
      else if ((await site.bytesOf(record.object.key)).length !== record.size) wrong.push(id)
    }
    const failed = left.filter((id) => page.store.get(id)?.status === 'failed')
    for (const id of failed) page.engine.cancel(id)
    await settle(1500)
    return { seed, ended, wrong, open: await site.openUploads() }
  }

  it.each(Array.from({ length: 6 }, (_, index) => index + 1))('seed %d', async (seed) => {
    expect(await run(seed)).toEqual({ seed, ended: 'ended', wrong: [], open: 0 })
  })
})

describe('three large files that hang before they are begun (a dead network drive)', () => {
  const hanging = {
    resume: (record: { readonly id: string }) =>
      record.id.startsWith('dead') ? new Promise<undefined>(() => {}) : Promise.resolve(undefined),
    reserve: () => ({ markDiscarded() {}, forget() {}, release() {} }),
    interrupted: async () => [],
    claim: async () => undefined,
    claimStale: async () => [],
  }

  it('keep no other large file from its turn once they are removed', async () => {
    const site = createSite()
    const page = openPage(site, { resumption: hanging })
    const dead = fileOf(33 * mebibyte)
    for (const id of ['dead1', 'dead2', 'dead3']) {
      page.add(dead, { id })
      void page.engine.upload(id)
    }
    page.add(dead, { id: 'alive' })
    const uploading = page.engine.upload('alive').then(() => 'ended')
    await settle(100)
    for (const id of ['dead1', 'dead2', 'dead3']) {
      page.engine.cancel(id)
      page.store.remove([id])
    }
    expect(await Promise.race([uploading, settle(5000).then(() => 'hangs')])).toBe('ended')
  })
})

describe('a file that is paused and resumed while the signing endpoint does not answer', () => {
  it('no longer says paused', async () => {
    const site = createSite()
    const page = openPage(site, { client: { fetch: () => new Promise(() => {}) } })
    const id = page.add(fileOf(1000))
    void page.engine.upload(id)
    await settle(20)
    page.engine.pause(id)
    await settle(20)
    page.engine.resume(id)
    await settle(50)
    expect(page.store.get(id)?.status).toBe('waiting')
    page.engine.destroy()
  })
})

describe('a person who closed the login dialog and presses Retry three seconds later', () => {
  it('is asked again', async () => {
    const site = createSite()
    let calls = 0
    let isSignedIn = false
    const page = openPage(site, {
      client: {
        onUnauthorized: async () => {
          calls += 1
          if (calls === 1) throw new Error('dismissed')
          isSignedIn = true
        },
        fetch: async (url, init) =>
          isSignedIn
            ? await site.handler(new Request(url, init))
            : Response.json(
                { error: { code: 'unauthorized', message: 'Sign in.', retryable: false } },
                { status: 401 },
              ),
      },
    })
    const id = page.add(fileOf(1000))
    await page.engine.upload(id)
    expect(page.store.get(id)?.status).toBe('failed')
    await settle(2600)
    await page.engine.upload(id)
    expect(page.store.get(id)?.status).toBe('complete')
  })
})
