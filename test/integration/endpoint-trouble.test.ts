// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../src/async/runtime.js'
import { createChecksummer } from '../../src/upload/checksum/checksum.js'
import type { UploadEngineOptions } from '../../src/upload/engine-options.js'
import { NetworkError } from '../../src/upload/errors/upload-error.js'
import { UploadStore } from '../../src/upload/store/upload-store.js'
import { explainNetworkError } from '../../src/upload/transfer/explain-network-error.js'
import { UploadEngine } from '../../src/upload/upload-engine.js'
import {
  createSite,
  fileOf,
  isStoredExactly,
  leaveAfter,
  mebibyte,
  openPage,
} from '../support/engine.js'
import { completed, scriptEndpoint } from '../support/scripted-endpoint.js'

const settle = (ms = 50) => new Promise((resolve) => setTimeout(resolve, ms))

function setUp(options: Partial<UploadEngineOptions> = {}) {
  const endpoint = scriptEndpoint()
  const store = new UploadStore(systemRuntime)
  const clock = { ms: 0, slept: [] as number[] }
  const engine = new UploadEngine({
    store,
    client: endpoint.client,
    transport: endpoint.transport,
    runtime: {
      ...systemRuntime,
      now: () => clock.ms,
      wallNow: () => clock.ms,
      random: () => 1,
      sleep: async (ms, signal) => {
        clock.slept.push(ms)
        clock.ms += ms
        await settle(0)
        signal?.throwIfAborted()
      },
    },
    ...options,
  })
  const add = (...names: string[]) =>
    store.add(
      names.map((name) => ({
        id: name,
        uploadId: crypto.randomUUID(),
        name,
        type: 'text/plain',
        size: 5,
        source: new Blob(['hello']),
      })),
    )
  return { endpoint, store, engine, clock, add }
}

describe('a retry by hand after the server has refused the object for good', () => {
  it.each(['size-mismatch', 'checksum-mismatch', 'type-mismatch'])(
    'sends the file again after %s',
    async (code) => {
      const { endpoint, store, engine, add } = setUp()
      let isFirst = true
      endpoint.onComplete = (token) => {
        if (!isFirst && !token.startsWith('1:')) return completed(token)
        isFirst = false
        return { id: token, error: { code, message: 'No.', retryable: false } }
      }
      add('a.txt')
      await engine.upload('a.txt')
      expect(store.get('a.txt')?.status).toBe('failed')

      await engine.upload('a.txt')

      expect(endpoint.sent).toHaveLength(2)
      expect(store.get('a.txt')?.status).toBe('complete')
    },
  )
})

describe('a file whose bytes do not come (cloud placeholder, dead network drive)', () => {
  it('keeps no other file from being signed', async () => {
    const { store, engine, add } = setUp({
      wantsChecksums: () => true,
      checksums: {
        prepare() {},
        sha256: async (blob, signal) => {
          if (blob.size === 5) return `${'a'.repeat(43)}=`
          return await new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason))
          })
        },
        destroy() {},
      },
    })
    const slow = { id: 'slow', uploadId: crypto.randomUUID(), name: 'slow', type: '', size: 6 }
    store.add([{ ...slow, source: new Blob(['slow..']) }])
    add('a.txt', 'b.txt')
    for (const id of store.ids) void engine.upload(id)
    await settle(5000)
    expect([store.get('a.txt')?.status, store.get('b.txt')?.status]).toEqual([
      'complete',
      'complete',
    ])
    engine.destroy()
  })

  it('and is removed gives its turn to the files behind it', async () => {
    const stuck = () =>
      Object.assign(new Blob(['x']), { arrayBuffer: () => new Promise<ArrayBuffer>(() => {}) })
    const checksums = createChecksummer({ runtime: systemRuntime })
    const { signal, abort } = abortable()
    const first = [checksums.sha256(stuck(), signal), checksums.sha256(stuck(), signal)]
    for (const promise of first) promise.catch(() => undefined)
    abort()
    await Promise.allSettled(first)
    const next = checksums.sha256(new Blob(['hello']), new AbortController().signal)
    expect(await Promise.race([next, settle(12_000).then(() => 'never')])).not.toBe('never')
  })
})

function abortable() {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}

describe('headers() that fails for a moment (a token that has to be fetched)', () => {
  it.each(['sign-uploads', 'sign-parts', 'complete-uploads'])(
    'is asked again, and fails no file at %s',
    async (operation) => {
      const site = createSite()
      let failures = 0
      let next = ''
      const page = openPage(site, {
        wantsChecksums: () => true,
        client: {
          headers: async () => {
            // The second request is the parts', the third the completion's.
            calls += 1
            const wanted = { 'sign-uploads': 1, 'sign-parts': 2, 'complete-uploads': 99 }
            if (calls === wanted[operation as keyof typeof wanted] && failures === 0) {
              failures += 1
              throw new TypeError('Failed to fetch')
            }
            if (operation === 'complete-uploads' && next === 'sent' && failures === 0) {
              failures += 1
              throw new TypeError('Failed to fetch')
            }
            return {}
          },
        },
        async onSend(send) {
          const answer = await send()
          sentParts += 1
          if (sentParts === 3) next = 'sent'
          return answer
        },
      })
      let calls = 0
      let sentParts = 0
      const id = page.add(fileOf(11 * mebibyte))
      await page.engine.upload(id)
      expect(failures).toBe(1)
      expect(page.store.get(id)).toMatchObject({ status: 'complete' })
    },
  )
})

describe('a login dialog that is dismissed', () => {
  it('is shown once for all files that wait, and not once per request', async () => {
    const site = createSite()
    const onUnauthorized = vi.fn(async () => {
      await settle(10)
      throw new Error('dismissed')
    })
    const page = openPage(site, {
      client: {
        onUnauthorized,
        fetch: async () =>
          Response.json(
            { error: { code: 'unauthorized', message: 'Sign in.', retryable: false } },
            { status: 401 },
          ),
      },
    })
    const file = fileOf(100)
    const ids = Array.from({ length: 450 }, (_, index) => page.add(file, { id: `${index}` }))
    await Promise.all(ids.map((id) => page.engine.upload(id)))
    expect(onUnauthorized).toHaveBeenCalledTimes(1)
  })

  it('is shown once too when it resolves and the session is still refused', async () => {
    const site = createSite()
    const onUnauthorized = vi.fn(async () => {})
    const page = openPage(site, {
      client: {
        onUnauthorized,
        fetch: async () =>
          Response.json(
            { error: { code: 'unauthorized', message: 'Sign in.', retryable: false } },
            { status: 401 },
          ),
      },
    })
    const file = fileOf(100)
    const ids = Array.from({ length: 450 }, (_, index) => page.add(file, { id: `${index}` }))
    await Promise.all(ids.map((id) => page.engine.upload(id)))
    expect(onUnauthorized).toHaveBeenCalledTimes(1)
  })
})

describe('removing a file while the login dialog is open', () => {
  it('settles its upload at once', async () => {
    const site = createSite()
    const file = fileOf(11 * mebibyte)
    await leaveAfter(site, 1, file)
    let isAsked = false
    const page = openPage(site, {
      client: {
        onUnauthorized: () => {
          isAsked = true
          return new Promise(() => {})
        },
        fetch: async (url, init) =>
          String(init?.body).includes('list-parts')
            ? Response.json(
                { error: { code: 'unauthorized', message: 'Sign in.', retryable: false } },
                { status: 401 },
              )
            : await site.handler(new Request(url, init)),
      },
    })
    const id = page.add(file)
    const uploading = page.engine.upload(id).then(() => 'settled')
    await vi.waitFor(() => expect(isAsked).toBe(true))
    page.engine.cancel(id)
    expect(await Promise.race([uploading, settle(500).then(() => 'hangs')])).toBe('settled')
  })
})

describe('an error of a transport whose url is no absolute URL', () => {
  it('fails the file, and rejects nothing', async () => {
    const { store, engine, add } = setUp({
      explain: (error, storage) => explainNetworkError(error, async () => true, storage),
      transport: {
        send: async () => {
          throw new NetworkError('No.', { code: 'network', url: '/upload' })
        },
      },
    })
    add('a.txt')
    const outcome = await engine.upload('a.txt').then(
      () => 'resolved',
      (error: unknown) => `rejected: ${error}`,
    )
    expect(outcome).toBe('resolved')
    expect(store.get('a.txt')?.status).toBe('failed')
  })
})

describe('a laptop that slept for eight hours between the last byte and the confirmation', () => {
  it('wakes up, sends the file again by itself and is complete', async () => {
    const { endpoint, store, engine, clock, add } = setUp()
    let slept = false
    endpoint.onComplete = (token) => {
      if (!slept) {
        slept = true
        clock.ms += 8 * 3_600_000
      }
      return token.startsWith('1:')
        ? {
            id: token,
            error: { code: 'expired-token', message: 'Too old to go on.', retryable: false },
          }
        : completed(token)
    }
    add('a.txt')
    await engine.upload('a.txt')
    expect(store.get('a.txt')?.status).toBe('complete')
  })
})

describe('a server that is still at it and names no time to wait', () => {
  it('is asked again after a moment, not at once, and not for ever', async () => {
    const { endpoint, store, engine, clock, add } = setUp()
    endpoint.onComplete = (token) => ({ id: token, state: 'pending', retryAfterSeconds: 0 })
    add('a.txt')
    void engine.upload('a.txt')
    await settle(3500)
    expect(clock.slept.length).toBeGreaterThan(0)
    expect(Math.min(...clock.slept)).toBeGreaterThanOrEqual(500)
    expect(store.get('a.txt')?.status).toBe('finishing')
    engine.destroy()
  })
})

describe('a checksum that cannot be computed', () => {
  it('is not called a file that was changed when memory is short', async () => {
    const { store, engine, add } = setUp({
      wantsChecksums: () => true,
      checksums: {
        prepare() {},
        sha256: async () => {
          throw new RangeError('Array buffer allocation failed')
        },
        destroy() {},
      },
    })
    add('a.txt')
    await engine.upload('a.txt')
    const record = store.get('a.txt')
    expect(record?.status === 'failed' && record.error.message).not.toContain('was changed, moved')
  })
})

describe('connections that stall', () => {
  it('are a sign of congestion: fewer parts run at once afterwards', async () => {
    const site = createSite()
    let running = 0
    let sends = 0
    let most = 0
    const page = openPage(site, {
      async onSend(send) {
        sends += 1
        running += 1
        if (sends > 6 && sends <= 10) most = Math.max(most, running)
        try {
          await settle(20)
          if (sends <= 6) throw new NetworkError('Stalled.', { code: 'stalled' })
          return await send()
        } finally {
          running -= 1
        }
      },
    })
    const file = fileOf(40 * mebibyte)
    const id = page.add(file)
    await page.engine.upload(id)
    const record = page.store.get(id)
    const key = record?.status === 'complete' ? record.object.key : ''
    expect(await isStoredExactly(site, key, file)).toBe(true)
    expect(most).toBeLessThanOrEqual(3)
  })
})

describe('a retry after the confirmation found the old bytes', () => {
  it('does not report the old object for a file whose bytes were replaced', async () => {
    const { endpoint, store, engine, add } = setUp()
    let busy = true
    endpoint.onComplete = (token) =>
      busy
        ? { id: token, error: { code: 'storage-error', message: 'Busy.', retryable: true } }
        : completed(token)
    add('a.txt')
    await engine.upload('a.txt')
    expect(store.get('a.txt')?.status).toBe('failed')
    busy = false
    const source = new Blob(['HELLO'])
    engine.update('a.txt', { name: 'a.txt', type: 'text/plain', size: 5, source })
    await engine.upload('a.txt')
    expect(endpoint.sent).toHaveLength(2)
  })
})
