import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import {
  type ChecksummerOptions,
  createChecksummer as createAnyChecksummer,
  isChecksumSupported,
} from '../../../src/upload/checksum/checksum.js'
import { createScriptedWorker } from './scripted-worker.js'

/** No blob is too small for the worker. */
const createChecksummer = (options: Omit<ChecksummerOptions, 'runtime'>) =>
  createAnyChecksummer({
    runtime: systemRuntime,
    ...options,
    maxBytesInPage: -1,
    maxBytesWithoutWorker: -1,
  })

/** For blobs of a few bytes. */
const limits = { maxBytesInPage: 2, maxBytesWithoutWorker: 5 }

const { signal } = new AbortController()
const hello = new Blob(['hello'])
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64')

afterEach(() => {
  vi.unstubAllGlobals()
})

const unreadable = Object.assign(new Blob(['gone']), {
  arrayBuffer: () =>
    Promise.reject(new DOMException('The file could not be read.', 'NotReadableError')),
})

describe('in a worker', () => {
  it('a checksum is the SHA-256 in base64', async () => {
    const checksums = createChecksummer(createScriptedWorker())

    expect(await checksums.sha256(hello, signal)).toBe(sha256('hello'))
    expect(await checksums.sha256(new Blob([]), signal)).toBe(sha256(''))
  })

  it('all are computed, as soon as it runs', async () => {
    const scripted = createScriptedWorker({ starts: 'when told' })
    const checksums = createChecksummer(scripted)
    expect(scripted.workers).toHaveLength(0)

    const computed = [1, 2, 3].map(() => checksums.sha256(hello, signal))
    await expect.poll(() => scripted.workers.length).toBe(1)
    expect(scripted.requests).toHaveLength(0)
    scripted.start()

    expect(await Promise.all(computed)).toEqual([1, 2, 3].map(() => sha256('hello')))
    expect(scripted.requests).toHaveLength(3)
    expect(scripted.workers).toHaveLength(1)
  })

  it('are computed without delay where it was started beforehand', async () => {
    const scripted = createScriptedWorker({ starts: 'when told' })
    const checksums = createAnyChecksummer({ runtime: systemRuntime, ...scripted, ...limits })

    checksums.prepare([5])
    expect(scripted.workers).toHaveLength(0)
    checksums.prepare([6])
    checksums.prepare([6])
    expect(scripted.workers).toHaveLength(1)
    scripted.start()

    expect(await checksums.sha256(hello, signal)).toBe(sha256('hello'))
    expect(scripted.requests).toHaveLength(1)
  })

  it('are two at a time, in the order of asking', async () => {
    const scripted = createScriptedWorker({ answers: 'when told' })
    const checksums = createChecksummer(scripted)
    const blobs = ['a', 'b', 'c', 'd'].map((text) => new Blob([text]))
    const asked = () => scripted.requests.map(({ blob }) => blobs.indexOf(blob))

    const computed = Promise.all(blobs.map((blob) => checksums.sha256(blob, signal)))

    await expect.poll(asked).toEqual([0, 1])
    await scripted.answerNext()
    await expect.poll(asked).toEqual([0, 1, 2])
    for (let left = 3; left > 0; left -= 1) await scripted.answerNext()
    expect(await computed).toEqual(['a', 'b', 'c', 'd'].map(sha256))
  })

  it('a blob that cannot be read is named by the error of the browser', async () => {
    const checksums = createChecksummer(createScriptedWorker())

    const failed = checksums.sha256(unreadable, signal)

    await expect(failed).rejects.toBeInstanceOf(DOMException)
    await expect(failed).rejects.toMatchObject({ name: 'NotReadableError' })
    expect(await checksums.sha256(hello, signal)).toBe(sha256('hello'))
  })
})

describe('an abort', () => {
  it('rejects with its reason at once, and the place is free when the answer comes', async () => {
    const scripted = createScriptedWorker({ answers: 'when told' })
    const checksums = createChecksummer(scripted)
    const controller = new AbortController()
    const reason = new Error('The file was removed.')
    const removed = checksums.sha256(hello, controller.signal)
    const kept = [checksums.sha256(hello, signal), checksums.sha256(hello, signal)]
    await expect.poll(() => scripted.requests.length).toBe(2)

    controller.abort(reason)

    await expect(removed).rejects.toBe(reason)
    expect(scripted.requests).toHaveLength(2)
    for (let left = 3; left > 0; left -= 1) await scripted.answerNext()
    expect(await Promise.all(kept)).toEqual([sha256('hello'), sha256('hello')])
  })

  it('before its turn comes costs no work', async () => {
    const scripted = createScriptedWorker({ answers: 'when told' })
    const checksums = createChecksummer(scripted)
    const controller = new AbortController()
    const first = [checksums.sha256(hello, signal), checksums.sha256(hello, signal)]
    const removed = checksums.sha256(hello, controller.signal)

    controller.abort()

    await expect(removed).rejects.toMatchObject({ name: 'AbortError' })
    await scripted.answerNext()
    await scripted.answerNext()
    await Promise.all(first)
    expect(scripted.requests).toHaveLength(2)

    const next = [checksums.sha256(hello, signal), checksums.sha256(hello, signal)]
    await expect.poll(() => scripted.requests.length).toBe(4)
    await scripted.answerNext()
    await scripted.answerNext()
    await Promise.all(next)
  })

  it('in the past starts nothing', async () => {
    const scripted = createScriptedWorker()
    const aborted = AbortSignal.abort()

    await expect(createChecksummer(scripted).sha256(hello, aborted)).rejects.toBe(aborted.reason)
    expect(scripted.workers).toHaveLength(0)
  })
})

describe('where no worker runs', () => {
  const refused = () => {
    throw new DOMException('The script is of another origin.', 'SecurityError')
  }

  it('the page computes when none may be created', async () => {
    const createWorker = vi.fn(refused)
    const checksums = createChecksummer({ createWorker })

    expect(await checksums.sha256(hello, signal)).toBe(sha256('hello'))
    expect(await checksums.sha256(hello, signal)).toBe(sha256('hello'))
    expect(createWorker).toHaveBeenCalledOnce()
  })

  it('the page computes when its file does not load', async () => {
    const scripted = createScriptedWorker({ starts: 'when told' })
    const checksums = createChecksummer(scripted)

    const first = checksums.sha256(hello, signal)
    await expect.poll(() => scripted.workers.length).toBe(1)
    scripted.workers[0]?.onerror?.(new ErrorEvent('error'))
    expect(await first).toBe(sha256('hello'))

    expect(await checksums.sha256(hello, signal)).toBe(sha256('hello'))
    expect(scripted.requests).toHaveLength(0)
    expect(scripted.workers).toHaveLength(1)
    expect(scripted.workers[0]?.isTerminated).toBe(true)
  })

  it('the page computes while its file takes more than two seconds to load', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const scripted = createScriptedWorker({ starts: 'when told' })
    const checksums = createChecksummer(scripted)

    const first = checksums.sha256(hello, signal)
    await vi.advanceTimersByTimeAsync(2000)
    expect(await first).toBe(sha256('hello'))
    scripted.start()
    vi.useRealTimers()
    await checksums.sha256(hello, signal)

    expect(scripted.requests).toHaveLength(1)
  })

  it('the page takes over what a dying worker has not answered', async () => {
    const scripted = createScriptedWorker({ answers: 'when told' })
    const checksums = createChecksummer(scripted)
    const computed = Promise.all([
      checksums.sha256(new Blob(['a']), signal),
      checksums.sha256(new Blob(['b']), signal),
      checksums.sha256(new Blob(['c']), signal),
    ])
    await expect.poll(() => scripted.requests.length).toBe(2)
    await scripted.answerNext()

    scripted.workers[0]?.onerror?.(new ErrorEvent('error'))

    expect(await computed).toEqual(['a', 'b', 'c'].map(sha256))
  })

  it('a blob that cannot be read is named by the error of the browser', async () => {
    const checksums = createChecksummer({ createWorker: refused })

    await expect(checksums.sha256(unreadable, signal)).rejects.toMatchObject({
      name: 'NotReadableError',
    })
  })
})

it('ends the worker and what it has not answered when destroyed', async () => {
  const scripted = createScriptedWorker({ answers: 'when told' })
  const checksums = createChecksummer(scripted)
  const asked = [1, 2, 3].map(() => checksums.sha256(hello, signal))
  await expect.poll(() => scripted.requests.length).toBe(2)

  checksums.destroy()

  for (const computed of asked) {
    await expect(computed).rejects.toMatchObject({ name: 'AbortError' })
  }
  expect(scripted.workers[0]?.isTerminated).toBe(true)
})

it('computes nothing more when destroyed while the worker starts', async () => {
  const scripted = createScriptedWorker({ starts: 'when told' })
  const checksums = createChecksummer(scripted)
  const computed = checksums.sha256(unreadable, signal)
  await expect.poll(() => scripted.workers.length).toBe(1)

  checksums.destroy()

  await expect(computed).rejects.toMatchObject({ name: 'AbortError' })
})

it('is not supported where the page is no secure context', () => {
  expect(isChecksumSupported()).toBe(true)

  vi.stubGlobal('crypto', { getRandomValues: () => {} })

  expect(isChecksumSupported()).toBe(false)
})

describe('few bytes', () => {
  it('start no worker', async () => {
    const scripted = createScriptedWorker()
    const checksums = createAnyChecksummer({ runtime: systemRuntime, ...scripted })

    expect(await checksums.sha256(hello, signal)).toBe(sha256('hello'))
    expect(scripted.workers).toEqual([])
  })

  it('start one where there are many files of them, but not of files that the page computes', () => {
    const scripted = createScriptedWorker()
    const checksums = createAnyChecksummer({ runtime: systemRuntime, ...scripted, ...limits })

    checksums.prepare([2, 2, 2, 2])
    expect(scripted.workers).toHaveLength(0)
    checksums.prepare([3, 3])
    expect(scripted.workers).toHaveLength(1)
  })

  it('are computed by a worker that runs, if they are worth a message', async () => {
    const scripted = createScriptedWorker()
    const checksums = createAnyChecksummer({ runtime: systemRuntime, ...scripted, ...limits })
    const sizes = () => scripted.requests.map(({ blob }) => blob.size)

    await checksums.sha256(new Blob(['abc']), signal)
    await checksums.sha256(new Blob(['abcdef']), signal)
    expect(sizes()).toEqual([6])
    const computed = ['ab', 'abc'].map((text) => checksums.sha256(new Blob([text]), signal))

    expect(await Promise.all(computed)).toEqual(['ab', 'abc'].map(sha256))
    expect(sizes()).toEqual([6, 3])
  })
})

it('a digest of the app takes the place of Web Crypto, and no worker is started', async () => {
  const checksums = createChecksummer({ digest: async ({ size }) => `digest of ${size} bytes` })
  checksums.prepare([8 * 2 ** 20])

  const { signal } = new AbortController()
  const found = await Promise.all([
    checksums.sha256(new Blob(['hello']), signal),
    checksums.sha256(new Blob([new Uint8Array(3 * 2 ** 20)]), signal),
  ])

  expect(found).toEqual(['digest of 5 bytes', 'digest of 3145728 bytes'])
})
