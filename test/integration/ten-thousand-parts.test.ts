// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../src/async/runtime.js'
import type { UploadClient } from '../../src/upload/endpoint/upload-client.js'
import { UploadStore } from '../../src/upload/store/upload-store.js'
import { UploadEngine } from '../../src/upload/upload-engine.js'

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
    const store = new UploadStore(systemRuntime)
    const engine = new UploadEngine({
      store,
      runtime: systemRuntime,
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
    const store = new UploadStore(systemRuntime)
    let sent = 0
    let last: () => void = () => {}
    const engine = new UploadEngine({
      store,
      runtime: systemRuntime,
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
