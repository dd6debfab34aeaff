import { describe, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../src/async/runtime.js'
import type { UploadEngineOptions } from '../../src/upload/engine-options.js'
import { EndpointError, NetworkError } from '../../src/upload/errors/upload-error.js'
import { UploadStore } from '../../src/upload/store/upload-store.js'
import { UploadEngine } from '../../src/upload/upload-engine.js'
import {
  completed,
  created,
  notFound,
  s3Refusal,
  scriptEndpoint,
} from '../support/scripted-endpoint.js'

const noAnswer = () => new NetworkError('No answer.', { code: 'network' })

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
      // What waits for others to join a request waits a hundredth.
      setTimer: (callback, delayMs) => systemRuntime.setTimer(callback, delayMs / 100),
      sleep: async (ms) => {
        clock.slept.push(ms)
        clock.ms += ms
      },
    },
    ...options,
  })
  const add = (...names: string[]) => {
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
  }
  const uploadAll = () => Promise.all(store.ids.map((id) => engine.upload(id)))
  return { endpoint, store, engine, clock, add, uploadAll }
}

describe('a file that goes well', () => {
  it('is complete only after the server has confirmed it', async () => {
    const { endpoint, store, add, uploadAll } = setUp()
    add('a.txt')
    const statuses: (string | undefined)[] = []
    store.subscribeTo('a.txt', () => statuses.push(store.get('a.txt')?.status))

    await uploadAll()

    expect([...new Set(statuses)]).toEqual(['waiting', 'uploading', 'finishing', 'complete'])
    expect(store.get('a.txt')).toMatchObject({
      bytesUploaded: 5,
      object: { key: 'uploads/1/a.txt', location: 'https://bucket.test/uploads/1/a.txt' },
    })
    expect(endpoint.completeRequests).toHaveLength(1)
  })

  it('puts the file last in the form', async () => {
    const { endpoint, add, uploadAll } = setUp()
    add('a.txt')

    await uploadAll()

    const form = endpoint.sent[0]?.body as FormData
    expect([...form.keys()]).toEqual(['key', 'file'])
  })
})

it('a file whose failure is heard of can be started again a step later', async () => {
  const { endpoint, store, engine, add, uploadAll } = setUp()
  add('a.txt')
  endpoint.onSend = async () => s3Refusal(400, 'EntityTooLarge')
  const again = Promise.withResolvers<void>()
  const stop = store.subscribeTo('a.txt', () => {
    if (store.get('a.txt')?.status !== 'failed') return
    stop()
    endpoint.onSend = async (_request, store) => {
      store()
      return created
    }
    queueMicrotask(() => again.resolve(engine.upload('a.txt')))
  })

  await uploadAll()
  await again.promise

  expect(store.get('a.txt')?.status).toBe('complete')
  expect(engine.isUploading('a.txt')).toBe(false)
})

describe('many files', () => {
  it('share signing and completing requests, and only the first of them is small', async () => {
    const { endpoint, store, add, uploadAll } = setUp()
    add(...Array.from({ length: 300 }, (_, index) => `${index}.txt`))

    await uploadAll()

    expect(store.summary.counts.complete).toBe(300)
    expect(endpoint.signRequests.map((files) => files.length)).toEqual([20, 100, 100, 80])
    expect(endpoint.completeRequests.map((tokens) => tokens.length)).toEqual([100, 100, 100])
  })

  it('never has more parallel requests than the limit', async () => {
    const { endpoint, add, uploadAll } = setUp({ concurrency: 3 })
    add(...Array.from({ length: 20 }, (_, index) => `${index}.txt`))
    let running = 0
    let most = 0
    endpoint.onSend = async (_request, store) => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 1))
      running -= 1
      store()
      return created
    }

    await uploadAll()

    expect(most).toBe(3)
  })

  it('end each in their own state when one of them is refused', async () => {
    const { endpoint, store, add, uploadAll } = setUp()
    add('good.txt', 'bad.txt')
    endpoint.onSend = async (request, store) => {
      if (String((request.body as FormData).get('key')).endsWith('bad.txt')) {
        return s3Refusal(400, 'EntityTooLarge')
      }
      store()
      return created
    }

    await uploadAll()

    expect(store.get('good.txt')?.status).toBe('complete')
    expect(store.get('bad.txt')).toMatchObject({
      status: 'failed',
      error: { code: 'file-too-large', storageCode: 'EntityTooLarge' },
    })
  })
})

describe('a failure', () => {
  it('of the storage that may pass is tried again after a growing wait', async () => {
    const { endpoint, store, clock, add, uploadAll } = setUp()
    add('a.txt')
    endpoint.onSend = async (_request, store) => {
      if (endpoint.sent.length < 4) return s3Refusal(503, 'SlowDown')
      store()
      return created
    }

    await uploadAll()

    expect(store.get('a.txt')?.status).toBe('complete')
    expect(clock.slept).toEqual([1000, 2000, 4000])
    expect(endpoint.signRequests).toHaveLength(1)
  })

  it('of a 400 RequestTimeout is transient although its status is not', async () => {
    const { endpoint, store, add, uploadAll } = setUp()
    add('a.txt')
    endpoint.onSend = async (_request, store) => {
      if (endpoint.sent.length === 1) return s3Refusal(400, 'RequestTimeout')
      store()
      return created
    }

    await uploadAll()

    expect(store.get('a.txt')?.status).toBe('complete')
  })

  it('of an expired signature is cured by a new one, once', async () => {
    const { endpoint, store, add, uploadAll } = setUp()
    add('a.txt')
    endpoint.onSend = async () =>
      s3Refusal(403, 'AccessDenied', 'Invalid according to Policy: Policy expired.')

    await uploadAll()

    expect(endpoint.signRequests).toHaveLength(2)
    expect(store.get('a.txt')).toMatchObject({
      status: 'failed',
      error: { code: 'signature-expired', storageCode: 'AccessDenied', status: 403 },
    })
  })

  it('of a wrong signature is final at once', async () => {
    const { endpoint, store, add, uploadAll } = setUp()
    add('a.txt')
    endpoint.onSend = async () => s3Refusal(403, 'SignatureDoesNotMatch')

    await uploadAll()

    expect(endpoint.sent).toHaveLength(1)
    expect(store.get('a.txt')?.status).toBe('failed')
  })

  it('with a lost answer is confirmed instead of sent twice', async () => {
    const { endpoint, store, add, uploadAll } = setUp()
    add('a.txt')
    endpoint.onSend = async (_request, store) => {
      store()
      throw noAnswer()
    }

    await uploadAll()

    expect(store.get('a.txt')?.status).toBe('complete')
    expect(endpoint.sent).toHaveLength(1)
  })

  it('that the browser hides is signed anew and given up after half a minute', async () => {
    const { endpoint, store, clock, add, uploadAll } = setUp()
    add('a.txt')
    // A request that was not let in sends nothing.
    endpoint.reportsAtOnce = false
    endpoint.onSend = async () => {
      throw noAnswer()
    }

    await uploadAll()

    expect(store.get('a.txt')).toMatchObject({ status: 'failed', error: { code: 'network' } })
    expect(clock.slept).toEqual([1000, 2000, 4000, 8000])
    expect(endpoint.signRequests).toHaveLength(5)
  })

  it('is forgiven for as long as the budget says, and not counted', async () => {
    const { endpoint, store, clock, add, uploadAll } = setUp()
    add('a.txt')
    endpoint.onSend = async (_request, store) => {
      if (clock.ms < 250_000) return s3Refusal(503, 'SlowDown')
      store()
      return created
    }

    await uploadAll()

    expect(store.get('a.txt')?.status).toBe('complete')
  })

  it('after a long wait in the queue is still forgiven', async () => {
    const { endpoint, store, clock, add, uploadAll } = setUp({ concurrency: 1 })
    add('slow.txt', 'b.txt')
    endpoint.onSend = async (_request, store) => {
      if (endpoint.sent.length === 1) clock.ms += 301_000
      if (endpoint.sent.length === 2) throw noAnswer()
      store()
      return created
    }

    await uploadAll()

    expect(store.get('b.txt')?.status).toBe('complete')
  })

  it('of a transport’s own code is final at once', async () => {
    const { endpoint, store, add, uploadAll } = setUp()
    add('a.txt')
    endpoint.onSend = async () => {
      throw new TypeError('x is not a function')
    }

    await uploadAll()

    expect(endpoint.sent).toHaveLength(1)
    expect(store.get('a.txt')).toMatchObject({ status: 'failed', error: { code: 'unexpected' } })
  })

  it('of the signing endpoint is tried again', async () => {
    const { endpoint, store, add, uploadAll } = setUp()
    add('a.txt')
    endpoint.onSign = () => {
      if (endpoint.signRequests.length < 3) {
        throw new EndpointError('busy', {
          code: 'rate-limited',
          status: 429,
          retryable: true,
          retryAfterSeconds: 7,
        })
      }
    }

    await uploadAll()

    expect(store.get('a.txt')?.status).toBe('complete')
  })

  it('of the signing endpoint is told to every file that waits for it, until it is over', async () => {
    const { endpoint, store, add, uploadAll } = setUp()
    add('a.txt', 'b.txt')
    const reasons: (string | undefined)[] = []
    store.subscribeTo('b.txt', () => {
      const record = store.get('b.txt')
      if (record?.status === 'waiting') reasons.push(record.lastError?.code)
    })
    endpoint.onSign = () => {
      if (endpoint.signRequests.length > 1) return
      throw new EndpointError('down', { code: 'endpoint-unreachable', status: 0, retryable: true })
    }

    await uploadAll()

    expect(reasons).toEqual([undefined, 'endpoint-unreachable', undefined])
  })

  it('of the signing endpoint is waited out as long as it asks', async () => {
    const { endpoint, clock, add, uploadAll } = setUp()
    add('a.txt')
    endpoint.onSign = () => {
      if (endpoint.signRequests.length < 2) {
        throw new EndpointError('busy', {
          code: 'rate-limited',
          status: 429,
          retryable: true,
          retryAfterSeconds: 7,
        })
      }
    }

    await uploadAll()

    expect(clock.slept).toEqual([7000])
  })

  it('is final when the budget is spent', async () => {
    const { endpoint, store, clock, add, uploadAll } = setUp()
    add('a.txt')
    endpoint.onSign = () => {
      throw new EndpointError('down', { code: 'endpoint-unreachable', status: 0, retryable: true })
    }

    await uploadAll()

    expect(store.get('a.txt')).toMatchObject({
      status: 'failed',
      error: { code: 'endpoint-unreachable' },
    })
    expect(clock.ms).toBeGreaterThan(250_000)
    expect(clock.ms).toBeLessThanOrEqual(300_000)
  })

  it('of the file itself is told apart from the network', async () => {
    const { endpoint, store, engine } = setUp()
    const unreadable = {
      size: 5,
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }),
    }
    store.add([
      {
        id: 'x',
        uploadId: crypto.randomUUID(),
        name: 'x',
        type: '',
        size: 5,
        source: Object.setPrototypeOf(unreadable, Blob.prototype),
      },
    ])
    endpoint.client.signUploads = async (files) =>
      files.map((file) => ({
        id: file.id,
        method: 'PUT',
        url: 'https://bucket.test/x',
        headers: {},
        key: 'x',
        token: 't',
        expiresInSeconds: 60,
      }))
    endpoint.transport.send = async () => {
      throw noAnswer()
    }

    await engine.upload('x')

    expect(store.get('x')).toMatchObject({ status: 'failed', error: { code: 'file-unreadable' } })
  })

  it('of a file without content asks to choose it again', async () => {
    const { store, engine } = setUp()
    store.add([{ id: 'x', uploadId: crypto.randomUUID(), name: 'x', type: '', size: 5 }])

    await engine.upload('x')

    expect(store.get('x')).toMatchObject({ status: 'failed', error: { code: 'file-missing' } })
  })
})

describe('confirmation', () => {
  it('is repeated before the file is sent again, and that happens once', async () => {
    const { endpoint, store, add, uploadAll } = setUp()
    add('a.txt')
    endpoint.onComplete = notFound

    await uploadAll()

    expect(store.get('a.txt')).toMatchObject({
      status: 'failed',
      error: { code: 'upload-not-found' },
    })
    expect(endpoint.sent).toHaveLength(2)
    expect(endpoint.completeRequests.length).toBeGreaterThanOrEqual(6)
  })

  it.each(['storage-error', 'completion-failed', 'internal-error', 'rate-limited'])(
    'that is refused with %s is asked for again without sending anything',
    async (code) => {
      const { endpoint, store, add, uploadAll } = setUp()
      add('a.txt')
      const { onComplete } = endpoint
      endpoint.onComplete = (id) =>
        endpoint.completeRequests.length < 3
          ? { id, error: { code, message: 'Later.', retryable: true } }
          : onComplete(id)

      await uploadAll()

      expect(store.get('a.txt')?.status).toBe('complete')
      expect(endpoint.sent).toHaveLength(1)
    },
  )

  it('that failed is asked for again by the next upload, before anything is sent', async () => {
    const { endpoint, store, engine, add, uploadAll } = setUp()
    add('a.txt')
    const { onComplete } = endpoint
    endpoint.onComplete = (id) => ({
      id,
      error: { code: 'unauthorized', message: 'Sign in.', retryable: false },
    })
    await uploadAll()
    expect(store.get('a.txt')?.status).toBe('failed')

    endpoint.onComplete = onComplete
    await engine.upload('a.txt')

    expect(store.get('a.txt')?.status).toBe('complete')
    expect(endpoint.sent).toHaveLength(1)
  })

  it.each([
    ['invalid-token', 2],
    // Once it is sent anew without a click: a computer may have slept.
    ['expired-token', 3],
  ])(
    'that failed with %s does not keep a retry from sending the file anew',
    async (code, timesSent) => {
      const { endpoint, store, engine, add, uploadAll } = setUp()
      add('a.txt')
      const { onComplete } = endpoint
      endpoint.onComplete = (id) => ({ id, error: { code, message: 'No.', retryable: false } })
      await uploadAll()
      expect(store.get('a.txt')?.status).toBe('failed')

      endpoint.onComplete = (id) =>
        Number.parseInt(id, 10) < timesSent
          ? { id, error: { code, message: 'No.', retryable: false } }
          : onComplete(id)
      await engine.upload('a.txt')

      expect(store.get('a.txt')?.status).toBe('complete')
      expect(endpoint.sent).toHaveLength(timesSent)
    },
  )

  /** Two files, of which the second never arrives; no timer sends what waits to be confirmed. */
  function withOneThatHangs() {
    const page = setUp({ runtime: { ...systemRuntime, setTimer: () => () => {} } })
    const { onSend } = page.endpoint
    page.endpoint.onSend = (request, stored) =>
      page.endpoint.sent.length === 1 ? onSend(request, stored) : new Promise(() => {})
    page.add('a.txt', 'b.txt')
    return page
  }

  it.each<[string, (page: ReturnType<typeof setUp>) => void]>([
    ['is cancelled', ({ engine }) => engine.cancel('b.txt')],
    [
      'is removed and cancelled',
      ({ engine, store }) => {
        store.remove(['b.txt'])
        engine.cancel('b.txt')
      },
    ],
  ])('waits for no file that %s', async (_what, end) => {
    const page = withOneThatHangs()
    const { endpoint, store, engine, uploadAll } = page
    void uploadAll()
    await vi.waitFor(() => expect(endpoint.sent).toHaveLength(2))
    await vi.waitFor(() => expect(store.get('a.txt')?.status).toBe('finishing'))
    expect(endpoint.completeRequests).toEqual([])

    end(page)
    await engine.upload('a.txt')

    expect(store.get('a.txt')?.status).toBe('complete')
  })

  it('is not asked for a file that is cancelled before others are confirmed', async () => {
    const { endpoint, store, engine, uploadAll } = withOneThatHangs()
    void uploadAll()
    await vi.waitFor(() => expect(store.get('a.txt')?.status).toBe('finishing'))

    engine.cancel('a.txt')
    await new Promise((resolve) => setTimeout(resolve, 20))

    expect(endpoint.completeRequests).toEqual([])
  })

  it('that cannot be asked for says why it takes longer', async () => {
    const { endpoint, store, add, uploadAll } = setUp()
    add('a.txt')
    const reasons: (string | undefined)[] = []
    store.subscribeTo('a.txt', () => {
      const record = store.get('a.txt')
      if (record?.status === 'finishing') reasons.push(record.lastError?.code)
    })
    const { onComplete } = endpoint
    endpoint.onComplete = (id) => {
      if (endpoint.completeRequests.length > 1) return onComplete(id)
      throw new EndpointError('down', { code: 'endpoint-unreachable', status: 0, retryable: true })
    }

    await uploadAll()

    expect(reasons).toEqual([undefined, 'endpoint-unreachable', undefined])
    expect(store.get('a.txt')?.status).toBe('complete')
  })

  it('of another object is not taken for this file’s', async () => {
    const { endpoint, store, add, uploadAll } = setUp()
    add('a.txt')
    endpoint.onComplete = () => completed('7:other.txt:5')

    await uploadAll()

    expect(store.get('a.txt')).toMatchObject({
      status: 'failed',
      error: { code: 'endpoint-answer' },
    })
  })

  it('asks again while the server is still at it', async () => {
    const { endpoint, store, clock, add, uploadAll } = setUp()
    add('a.txt')
    const { onComplete } = endpoint
    endpoint.onComplete = (token) =>
      endpoint.completeRequests.length === 1
        ? { id: token, state: 'pending', retryAfterSeconds: 3 }
        : onComplete(token)

    await uploadAll()

    expect(store.get('a.txt')?.status).toBe('complete')
    expect(clock.slept).toEqual([3000])
  })

  it('that never comes to an end fails the file after half an hour, and says how long each of two tries took', async () => {
    const { endpoint, store, clock, add, uploadAll } = setUp()
    add('a.txt')
    endpoint.onComplete = (id) => ({ id, state: 'pending', retryAfterSeconds: 600 })

    await uploadAll()

    expect(store.get('a.txt')).toMatchObject({
      status: 'failed',
      error: { code: 'completion-pending', retryable: true },
    })
    // No longer than the budget at a time, whatever the server asks for.
    expect(clock.slept).toEqual(Array(6).fill(300_000))
    const record = store.get('a.txt')
    const minutes = (3 * 300_000) / 60_000
    expect(record?.status === 'failed' && record.error.message).toContain(`${minutes} minutes`)
  })

  it('that contradicts the upload fails the file', async () => {
    const { endpoint, store, add, uploadAll } = setUp()
    add('a.txt')
    endpoint.onComplete = (id) => ({
      id,
      error: { code: 'size-mismatch', message: 'Another size.', retryable: false },
    })

    await uploadAll()

    expect(store.get('a.txt')).toMatchObject({ status: 'failed', error: { code: 'size-mismatch' } })
  })
})

describe('pausing', () => {
  it('frees the slot for the next file, and resuming completes the paused one', async () => {
    const { endpoint, store, engine, add, uploadAll } = setUp({ concurrency: 1 })
    add('a.txt', 'b.txt')
    const started: string[] = []
    endpoint.onSend = (request, store) =>
      new Promise((resolve, reject) => {
        const key = String((request.body as FormData).get('key'))
        started.push(key.split('/')[2] ?? '')
        request.signal.addEventListener('abort', () => reject(request.signal.reason))
        if (started.length === 1) engine.pause('a.txt')
        else {
          store()
          resolve(created)
        }
      })

    const done = uploadAll()
    await expect.poll(() => store.get('b.txt')?.status).toBe('complete')
    expect(store.get('a.txt')?.status).toBe('paused')
    engine.resume('a.txt')
    await done

    expect(store.get('a.txt')?.status).toBe('complete')
    expect(started).toEqual(['a.txt', 'b.txt', 'a.txt'])
  })

  it('holds a queued file back', async () => {
    const { endpoint, store, engine, add, uploadAll } = setUp({ concurrency: 1 })
    add('a.txt', 'b.txt')

    const done = uploadAll()
    engine.pause('b.txt')
    await expect.poll(() => store.get('a.txt')?.status).toBe('complete')
    expect(endpoint.sent).toHaveLength(1)
    engine.resume('b.txt')
    await done

    expect(store.get('b.txt')?.status).toBe('complete')
  })
})

it.each([
  ['with all its bytes sent', 1],
  ['before any progress was heard of', 0],
])('asks before it sends again when a file was paused %s', async (_moment, progress) => {
  const endpoint = scriptEndpoint()
  const { store, engine, add, uploadAll } = setUp({
    client: endpoint.client,
    transport: {
      send: (request) =>
        endpoint.transport.send({
          ...request,
          onProgress: (sent, total) => request.onProgress(sent * progress, total),
        }),
    },
  })
  add('a.txt')
  endpoint.onSend = (request, store) =>
    new Promise((_resolve, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason))
      store()
      engine.pause('a.txt')
    })

  const done = uploadAll()
  await expect.poll(() => store.get('a.txt')?.status).toBe('paused')
  engine.resume('a.txt')
  await done

  expect(store.get('a.txt')?.status).toBe('complete')
  expect(endpoint.sent).toHaveLength(1)
})

it('takes a pause that is over at once for no failure', async () => {
  const { endpoint, store, clock, engine, add, uploadAll } = setUp()
  add('a.txt')
  endpoint.onSend = (request, store) =>
    new Promise((resolve, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason))
      if (endpoint.sent.length <= 20) {
        engine.pause('a.txt')
        engine.resume('a.txt')
      } else {
        store()
        resolve(created)
      }
    })
  endpoint.onComplete = (id) => (endpoint.stored.has(id) ? completed(id) : notFound(id))

  await uploadAll()

  expect(store.get('a.txt')?.status).toBe('complete')
  expect(clock.slept).toEqual([])
})

describe('cancelling', () => {
  it('ends the transfer, and the upload settles without an error', async () => {
    const { endpoint, store, engine, add, uploadAll } = setUp()
    add('a.txt')
    endpoint.onSend = (request) =>
      new Promise((_resolve, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason))
        engine.cancel('a.txt')
      })

    await uploadAll()

    expect(store.get('a.txt')?.status).not.toBe('failed')
    expect(engine.isUploading('a.txt')).toBe(false)
  })

  it('does not wait for a confirmation, and its late answer changes nothing', async () => {
    const { endpoint, store, engine, add, uploadAll } = setUp()
    add('a.txt')
    let answer = () => {}
    endpoint.onComplete = (token) =>
      new Promise((resolve) => {
        answer = () => resolve(completed(token))
      })

    const done = uploadAll()
    await expect.poll(() => endpoint.completeRequests.length).toBe(1)
    engine.cancel('a.txt')
    await done
    answer()
    await new Promise((resolve) => setTimeout(resolve))

    expect(store.get('a.txt')?.status).toBe('finishing')
  })

  it('all at the end settles every upload', async () => {
    const { endpoint, engine, add, uploadAll } = setUp()
    add('a.txt', 'b.txt', 'c.txt')
    endpoint.onSend = (request) =>
      new Promise((_resolve, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason))
      })

    const done = uploadAll()
    await expect.poll(() => endpoint.sent.length).toBe(3)
    engine.destroy()

    await expect(done).resolves.toBeDefined()
  })
})

it('signs again when a signature grew old in the queue', async () => {
  const { endpoint, store, clock, add, uploadAll } = setUp({ concurrency: 1 })
  add('a.txt', 'b.txt')
  endpoint.expiresInSeconds = 10
  endpoint.onSend = async (_request, store) => {
    clock.ms += 20_000
    store()
    return created
  }

  await uploadAll()

  expect(store.summary.counts.complete).toBe(2)
  expect(endpoint.signRequests.map((files) => files.map((file) => file.name))).toEqual([
    ['a.txt', 'b.txt'],
    ['b.txt'],
  ])
})

it('signs again each time the computer sleeps while the file is sent, but not for ever', async () => {
  const { endpoint, store, clock, add, uploadAll } = setUp()
  add('a.txt', 'b.txt')
  endpoint.expiresInSeconds = 10
  const sleepsOf = new Map<string, number>()
  endpoint.onSend = async ({ body }, store) => {
    const name = String((body as FormData).get('key')).slice(-5)
    const sleeps = (sleepsOf.get(name) ?? 0) + 1
    sleepsOf.set(name, sleeps)
    if (name === 'a.txt' && sleeps > 3) {
      store()
      return created
    }
    clock.ms += 20_000
    return s3Refusal(403, 'AccessDenied', 'Invalid according to Policy: Policy expired.')
  }

  await uploadAll()

  expect(store.get('a.txt')?.status).toBe('complete')
  expect(store.get('b.txt')).toMatchObject({
    status: 'failed',
    error: { code: 'signature-expired' },
  })
  expect(sleepsOf.get('b.txt')).toBe(4)
})

it('leaves the decision to S3 when signatures are too old as soon as they come', async () => {
  const { endpoint, store, add, uploadAll } = setUp()
  add('a.txt')
  endpoint.expiresInSeconds = 0

  await uploadAll()

  expect(store.get('a.txt')?.status).toBe('complete')
  expect(endpoint.signRequests.length).toBeLessThanOrEqual(3)
})

it('is not disturbed by a listener that throws', async () => {
  const { store, add, uploadAll } = setUp()
  const uncaught: unknown[] = []
  vi.stubGlobal('queueMicrotask', (callback: () => void) => {
    Promise.resolve()
      .then(callback)
      .catch((error) => uncaught.push(error))
  })
  add('a.txt')
  store.subscribeTo('a.txt', () => {
    throw new Error('the app’s own')
  })

  await uploadAll()

  expect(store.get('a.txt')?.status).toBe('complete')
  expect(uncaught).not.toHaveLength(0)
})
