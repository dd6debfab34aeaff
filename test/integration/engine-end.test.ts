// @vitest-environment node
import { expect, it, onTestFinished, vi } from 'vitest'
import { systemRuntime } from '../../src/async/runtime.js'
import { createSigningClient } from '../../src/upload/endpoint/signing-client.js'
import { UploadStore } from '../../src/upload/store/upload-store.js'
import { UploadEngine } from '../../src/upload/upload-engine.js'
import { createSite, fileOf, mebibyte, openPage } from '../support/engine.js'

// In a file of its own: the stores of other tests have timers, too.

it('the engine that ends while files wait to be confirmed leaves no timer behind', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const store = new UploadStore(systemRuntime)
  let sends = 0
  const engine = new UploadEngine({
    store,
    runtime: systemRuntime,
    client: {
      ...createSigningClient({ endpoint: '/api/s3' }),
      signUploads: async (files) =>
        files.map(({ id }) => ({
          id,
          method: 'PUT' as const,
          key: `k/${id}`,
          token: id,
          url: 'http://s3.test/k',
          headers: {},
          expiresInSeconds: 600,
        })),
      completeUploads: () => new Promise(() => {}),
    },
    transport: {
      send({ signal }) {
        sends += 1
        if (sends === 1) return Promise.resolve({ status: 200, body: '' })
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        })
      },
    },
  })
  const facts = { name: 'a', type: '', size: 1, source: new Blob(['x']) }
  store.add([
    { ...facts, id: 'a', uploadId: 'a' },
    { ...facts, id: 'b', uploadId: 'b' },
  ])

  void engine.upload('a')
  void engine.upload('b')
  await vi.advanceTimersByTimeAsync(200)
  engine.destroy()
  // The store tells of a speed until it has fallen to nothing.
  await vi.advanceTimersByTimeAsync(10_000)

  expect(vi.getTimerCount()).toBe(0)
})

it('the engine that ends while an upload is begun has it removed', async () => {
  const site = createSite()
  const answer = Promise.withResolvers<void>()
  const page = openPage(site, {
    resumption: undefined,
    client: {
      fetch: async (url, init) => {
        const response = await site.handler(new Request(url, init))
        if (String(init?.body).includes('sign-uploads')) await answer.promise
        init?.signal?.throwIfAborted()
        return response
      },
    },
  })
  const ended = page.engine.upload(page.add(fileOf(11 * mebibyte)))
  await vi.waitFor(async () => expect(await site.openUploads()).toBe(1))

  page.engine.destroy()
  answer.resolve()

  await ended
  await vi.waitFor(async () => expect(await site.openUploads()).toBe(0))
})
