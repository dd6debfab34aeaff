import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Runtime, systemRuntime } from '../../src/async/runtime.js'
import { NetworkError } from '../../src/upload/errors/upload-error.js'
import { UploadStore } from '../../src/upload/store/upload-store.js'
import { UploadEngine } from '../../src/upload/upload-engine.js'
import { created, scriptEndpoint } from '../support/scripted-endpoint.js'

/** Enough to see that nothing ends it: the budget of five minutes allows far fewer. */
const many = 60

afterEach(() => vi.useRealTimers())

/** Timers that take a hundredth of their time. */
const hurriedTimer: Runtime['setTimer'] = (callback, delayMs) =>
  systemRuntime.setTimer(callback, delayMs / 100)

function setUp({
  source = new Blob(['hello']),
  isOnline = true,
  setTimer = systemRuntime.setTimer,
} = {}) {
  const endpoint = scriptEndpoint()
  const store = new UploadStore(systemRuntime)
  const clock = { ms: 0 }
  const engine = new UploadEngine({
    store,
    client: endpoint.client,
    transport: endpoint.transport,
    runtime: {
      ...systemRuntime,
      now: () => clock.ms,
      wallNow: () => clock.ms,
      random: () => 1,
      isOnline: () => isOnline,
      setTimer,
      sleep: async (ms) => {
        clock.ms += ms
      },
    },
  })
  store.add([
    { id: 'a', uploadId: crypto.randomUUID(), name: 'a', type: 'text/plain', size: 5, source },
  ])
  return { endpoint, store, engine }
}

describe('a browser that believes to be offline and sends all bytes', () => {
  it('does not send them for ever when no answer comes', async () => {
    const { endpoint, store, engine } = setUp({ isOnline: false, setTimer: hurriedTimer })
    endpoint.onSend = async (request, store) => {
      request.onProgress(5, 5)
      if (endpoint.sent.length < many) throw new NetworkError('No answer.', { code: 'network' })
      store()
      return created
    }

    await engine.upload('a')

    expect(endpoint.sent.length).toBeLessThan(many)
    expect(store.get('a')?.status).toBe('failed')
  })
})

describe('a drive that pauses for ten seconds within each request', () => {
  it('is waited for longer rather than that bytes are sent for ever', async () => {
    vi.useFakeTimers()
    const source = new Blob(['hello'])
    let isPausing = false
    const slice = source.slice.bind(source)
    source.slice = (...range) => {
      const piece = slice(...range)
      const read = piece.arrayBuffer.bind(piece)
      piece.arrayBuffer = async () => {
        if (isPausing) await new Promise((resolve) => setTimeout(resolve, 10_000))
        return await read()
      }
      return piece
    }
    const { endpoint, store, engine } = setUp({ source })
    endpoint.onSend = async (request, store) => {
      request.onProgress(2, 5)
      isPausing = true
      await new Promise<void>((resolve, reject) => {
        setTimeout(() => {
          isPausing = false
          resolve()
        }, 10_000)
        request.signal.addEventListener('abort', () => reject(request.signal.reason))
      })
      request.onProgress(5, 5)
      store()
      return created
    }

    void engine.upload('a')
    await vi.advanceTimersByTimeAsync(30 * 60_000)

    expect(store.get('a')?.status).toBe('complete')
    expect(endpoint.sent.length).toBeLessThan(6)
  })
})
