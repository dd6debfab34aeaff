import { beforeEach, describe, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { UploadError } from '../../../src/upload/errors/upload-error.js'
import {
  type UploadState,
  type UploadStatus,
  uploadStatuses,
} from '../../../src/upload/store/upload-record.js'
import { UploadStore } from '../../../src/upload/store/upload-store.js'

const file = (id: string, size = 100) => ({ id, uploadId: id, name: id, type: '', size })
const object = {
  id: 'a',
  key: 'k',
  size: 100,
  etag: '"e"',
  contentType: 'text/plain',
  receipt: 'r',
  location: 'https://bucket.test/k',
}

beforeEach(() => {
  vi.useFakeTimers()
  return () => vi.useRealTimers()
})

describe('adding', () => {
  it('keeps the order of the files and leaves a known one as it is', () => {
    const store = new UploadStore(systemRuntime)

    store.add([file('b'), file('a')])
    store.setState('a', { status: 'waiting' })
    store.add([file('a'), file('c')])

    expect(store.ids).toEqual(['b', 'a', 'c'])
    expect(store.get('a')?.status).toBe('waiting')
  })

  it('tells listeners once for all files of a batch', () => {
    const store = new UploadStore(systemRuntime)
    const listener = vi.fn()
    store.subscribe(listener)

    store.add(Array.from({ length: 1000 }, (_, index) => file(String(index))))

    expect(listener).toHaveBeenCalledTimes(1)
    expect(store.summary.total).toBe(1000)
  })
})

describe('the list and the summary', () => {
  it('stay the same objects until something changes', () => {
    const store = new UploadStore(systemRuntime)
    store.add([file('a')])
    const { ids, summary } = store

    store.subscribe(() => {})

    expect(store.ids).toBe(ids)
    expect(store.summary).toBe(summary)
  })

  it('count every status and every byte', () => {
    const store = new UploadStore(systemRuntime)
    store.add([file('a'), file('b'), file('c'), file('empty', 0)])
    store.setState('a', { status: 'complete', object })
    store.setState('b', { status: 'uploading' })
    store.setProgress('b', 40)
    store.remove(['c'])

    expect(store.summary).toMatchObject({ total: 3, bytesTotal: 200, bytesUploaded: 140 })
    expect(store.summary.counts).toMatchObject({ ready: 1, uploading: 1, complete: 1, waiting: 0 })
  })

  it('know the speed of the last seconds and the time left', () => {
    let now = 0
    const store = new UploadStore({ ...systemRuntime, now: () => now })
    store.add([file('a', 10_000)])
    store.setState('a', { status: 'uploading' })
    for (now = 0; now <= 2000; now += 500) store.setProgress('a', now)

    now = 2000
    expect(store.summary.bytesPerSecond).toBeCloseTo(1000, -2)
    expect(store.summary.secondsLeft).toBeCloseTo(8, 0)
  })
})

describe('the end of the last upload', () => {
  it.each([
    { status: 'complete', object } as const,
    {
      status: 'failed',
      error: new UploadError('No.', { code: 'unexpected', retryable: true }),
    } as const,
  ])('is in the summary for listeners at once: $status', (end) => {
    const store = new UploadStore(systemRuntime)
    store.add([file('a'), file('b')])
    for (const id of ['a', 'b']) store.setState(id, { status: 'uploading' })
    const counts: number[] = []
    store.subscribe(() => counts.push(store.summary.counts.uploading))

    store.setState('a', end)
    expect(counts).toEqual([])
    store.setState('b', end)

    expect(counts).toEqual([0])
  })
})

describe('the speed', () => {
  it('counts files of which nothing is heard before they are sent', () => {
    let now = 0
    const store = new UploadStore({ ...systemRuntime, now: () => now })
    const ids = ['a', 'b', 'c', 'd', 'e']
    store.add(ids.map((id) => file(id, 500)))

    for (const id of ids) {
      store.setState(id, { status: 'uploading' })
      now += 500
      store.setState(id, { status: 'finishing' })
    }

    // The first counts from when it was sent, not from when it was begun.
    expect(store.summary.bytesPerSecond).toBeCloseTo(1250, -2)
  })
})

describe('the speed of a browser that goes offline', () => {
  it('is none at once, and no time is told', () => {
    let now = 0
    const store = new UploadStore({ ...systemRuntime, now: () => now })
    store.add([file('a', 10_000)])
    store.setState('a', { status: 'uploading' })
    for (now = 0; now <= 2000; now += 500) store.setProgress('a', now)

    store.setState('a', { status: 'waiting', reason: 'offline' })
    expect(store.summary).toMatchObject({ bytesPerSecond: 0, secondsLeft: undefined })

    store.setState('a', { status: 'uploading' })
    expect(store.summary.bytesPerSecond).toBeGreaterThan(0)
  })
})

describe('a fact of a key that the store does not know', () => {
  const error = new UploadError('No.', { code: 'unexpected', retryable: true })
  const states = {
    ready: { status: 'ready' },
    waiting: { status: 'waiting', reason: 'offline' },
    uploading: { status: 'uploading' },
    finishing: { status: 'finishing', lastError: error },
    paused: { status: 'paused' },
    complete: { status: 'complete', object },
    failed: { status: 'failed', error },
    stored: { status: 'stored', stored: { key: 'u/a', name: 'a' } },
  } as const satisfies Record<UploadStatus, UploadState>
  const withColour = () => {
    const store = new UploadStore(systemRuntime)
    const facts = { ...file('a'), colour: 'red' }
    store.add([facts])
    return store
  }

  it.each(uploadStatuses)('survives the state %s and what follows it', (status) => {
    const store = withColour()
    store.setState('a', states[status])
    expect(store.get('a')).toMatchObject({ colour: 'red', ...states[status] })

    for (const next of uploadStatuses) store.setState('a', states[next])
    expect(store.get('a')).toMatchObject({ colour: 'red', status: 'stored' })
  })

  it('survives progress, other facts and another order', () => {
    const store = withColour()
    store.setState('a', { status: 'uploading' })

    store.setProgress('a', 40)
    store.setFacts('a', { name: 'b' })
    store.sort(['a'])

    expect(store.get('a')).toMatchObject({ colour: 'red', name: 'b', bytesUploaded: 40 })
  })

  it('can be given to a file that has a state already, which it does not change', () => {
    const store = withColour()
    store.setState('a', states.failed)
    const later = { name: 'b', colour: 'blue', taste: 'sweet' }

    store.setFacts('a', later)
    store.setState('a', states.waiting)

    expect(store.get('a')).toMatchObject({ ...later, ...states.waiting })
    expect(store.get('a')).not.toHaveProperty('error')
  })
})

describe('progress', () => {
  it('is clamped to the size of the file', () => {
    const store = new UploadStore(systemRuntime)
    store.add([file('a')])
    store.setState('a', { status: 'uploading' })

    store.setProgress('a', 350)

    expect(store.get('a')?.bytesUploaded).toBe(100)
  })

  it('stands still while a new attempt catches up', () => {
    const store = new UploadStore(systemRuntime)
    store.add([file('a')])
    store.setState('a', { status: 'uploading' })
    store.setProgress('a', 90)
    store.setState('a', { status: 'waiting' })

    store.setState('a', { status: 'uploading' })
    store.setProgress('a', 10)

    expect(store.get('a')?.bytesUploaded).toBe(90)
  })

  it('reaches listeners of a record at most four times a second, listeners of the whole ten times', () => {
    const store = new UploadStore(systemRuntime)
    store.add([file('a', 1000)])
    store.setState('a', { status: 'uploading' })
    vi.advanceTimersByTime(1000)
    const ofRecord = vi.fn()
    const ofAll = vi.fn()
    store.subscribeTo('a', ofRecord)
    store.subscribe(ofAll)

    for (let sent = 1; sent < 1000; sent += 1) {
      store.setProgress('a', sent)
      vi.advanceTimersByTime(1)
    }

    expect(ofRecord.mock.calls.length).toBeLessThanOrEqual(4)
    expect(ofAll.mock.calls.length).toBeLessThanOrEqual(10)
    expect(ofRecord).toHaveBeenCalled()
  })

  it('of a file that is not uploading is ignored', () => {
    const store = new UploadStore(systemRuntime)
    store.add([file('a')])
    store.setState('a', { status: 'complete', object })

    store.setProgress('a', 3)

    expect(store.get('a')?.bytesUploaded).toBe(100)
  })
})

it('tells listeners of a record of a new state at once, and nobody after they left', () => {
  const store = new UploadStore(systemRuntime)
  store.add([file('a'), file('b')])
  const listener = vi.fn()
  const leave = store.subscribeTo('a', listener)

  store.setState('a', { status: 'waiting' })
  store.setState('b', { status: 'waiting' })
  leave()
  store.setState('a', { status: 'uploading' })

  expect(listener).toHaveBeenCalledTimes(1)
})

it('drops what belonged to the former state', () => {
  const store = new UploadStore(systemRuntime)
  store.add([file('a')])
  store.setState('a', { status: 'complete', object })

  store.setState('a', { status: 'waiting' })

  expect(store.get('a')).not.toHaveProperty('object')
})

it('leaves a removed file removed, whatever the engine still reports', () => {
  const store = new UploadStore(systemRuntime)
  store.add([file('a')])
  store.remove(['a'])

  store.setState('a', { status: 'uploading' })
  store.setProgress('a', 10)

  expect(store.get('a')).toBeUndefined()
  expect(store.summary.total).toBe(0)
})

it('puts files into an order, those that it leaves out at the end', () => {
  const store = new UploadStore(systemRuntime)
  const listener = vi.fn()
  store.add([file('a'), file('b'), file('c')])
  store.subscribe(listener)

  store.sort(['c', 'gone', 'a'])

  expect(store.ids).toEqual(['c', 'a', 'b'])
  expect(store.summary.total).toBe(3)
  expect(listener).toHaveBeenCalledOnce()
})

it('lists what was not taken until it is dismissed', () => {
  const store = new UploadStore(systemRuntime)
  store.reject([
    { reason: 'file-too-large', name: 'a', words: 'a is too large' },
    { reason: 'other', words: 'too many' },
  ])
  const [first] = store.rejected

  store.dismiss(first?.id)
  expect(store.rejected.map(({ words }) => words)).toEqual(['too many'])

  store.dismiss()
  expect(store.rejected).toEqual([])
})
