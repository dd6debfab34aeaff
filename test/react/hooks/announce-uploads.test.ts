import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { announceUploads } from '../../../src/react/hooks/announce-uploads.js'
import { createAmountFormat } from '../../../src/react/text/amount-format.js'
import { errorMessages } from '../../../src/react/text/error-messages.js'
import { createExplain } from '../../../src/react/text/explain.js'
import { behaviourMessages, displayMessages } from '../../../src/react/text/messages.js'
import { createTranslate } from '../../../src/react/text/translate.js'
import { UploadError } from '../../../src/upload/errors/upload-error.js'
import { UploadStore } from '../../../src/upload/store/upload-store.js'

const object = {
  id: 'a',
  key: 'k',
  size: 1,
  etag: 'e',
  contentType: 't/p',
  receipt: 'r',
  location: 'https://b.test/k',
}

const english = { ...behaviourMessages, ...displayMessages }
const format = createAmountFormat('en')

let store: UploadStore
let spoken: string[][]
let explain: ReturnType<typeof createExplain>
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers()
  store = new UploadStore(systemRuntime)
  spoken = []
  explain = createExplain(undefined, errorMessages)
  stop = announceUploads(store, {
    texts: () => ({
      translate: createTranslate(undefined, english, format),
      explain,
      format,
    }),
    runtime: systemRuntime,
    say: (sentences) => spoken.push([...sentences]),
  })
})

afterEach(() => {
  stop()
  vi.useRealTimers()
})

function add(...ids: string[]) {
  store.add(ids.map((id) => ({ id, uploadId: id, name: `${id}.txt`, type: '', size: 10 })))
  for (const id of ids) store.setState(id, { status: 'waiting' })
}

const complete = (id: string) => store.setState(id, { status: 'complete', object })
const fail = (id: string) => {
  const error = new UploadError('No entry.', { code: 'file-missing', retryable: true })
  store.setState(id, { status: 'failed', error })
}

it('gathers what happens together', async () => {
  add('a')
  add('b')
  await vi.advanceTimersByTimeAsync(100)
  store.remove(['a'])
  await vi.advanceTimersByTimeAsync(500)

  expect(spoken).toEqual([['2 files added', 'a.txt removed']])
})

it('says nothing of progress', async () => {
  add('a')
  await vi.advanceTimersByTimeAsync(1000)

  store.setState('a', { status: 'uploading' })
  for (let bytes = 1; bytes < 10; bytes += 1) {
    store.setProgress('a', bytes)
    await vi.advanceTimersByTimeAsync(1000)
  }

  expect(spoken).toEqual([['1 file added']])
})

it('tells of completions now and then while others go on, and of the last at once', async () => {
  add('a', 'b', 'c', 'd')
  await vi.advanceTimersByTimeAsync(1000)

  complete('a')
  await vi.advanceTimersByTimeAsync(1000)
  complete('b')
  await vi.advanceTimersByTimeAsync(4000)
  complete('c')
  complete('d')
  await vi.advanceTimersByTimeAsync(600)

  expect(spoken.slice(1)).toEqual([['2 of 4 files uploaded'], ['All 4 files uploaded']])
})

it('names the one file that is complete', async () => {
  add('a', 'b')
  complete('a')
  await vi.advanceTimersByTimeAsync(1000)

  expect(spoken).toEqual([['2 files added', 'a.txt uploaded']])
})

it('says why a file failed, and only how many when several did', async () => {
  add('a', 'b', 'c')
  await vi.advanceTimersByTimeAsync(1000)

  fail('a')
  await vi.advanceTimersByTimeAsync(1000)
  fail('b')
  fail('c')
  await vi.advanceTimersByTimeAsync(1000)

  expect(spoken.slice(1)).toEqual([
    ['a.txt could not be uploaded: Choose the file again to go on.'],
    ['2 failed'],
  ])
})

it('names the one file that is paused or goes on, and only counts several', async () => {
  add('a', 'b')
  await vi.advanceTimersByTimeAsync(1000)

  store.setState('a', { status: 'paused' })
  await vi.advanceTimersByTimeAsync(1000)
  store.setState('a', { status: 'waiting' })
  await vi.advanceTimersByTimeAsync(1000)
  for (const id of ['a', 'b']) store.setState(id, { status: 'paused' })
  await vi.advanceTimersByTimeAsync(1000)
  for (const id of ['a', 'b']) store.setState(id, { status: 'waiting' })
  await vi.advanceTimersByTimeAsync(1000)

  expect(spoken.slice(1)).toEqual([
    ['a.txt paused'],
    ['a.txt resumed'],
    ['2 uploads paused'],
    ['2 uploads resumed'],
  ])
})

it('tells of interrupted uploads, of those given up, and not of those that go on', async () => {
  const [a, b] = ['a', 'b'].map((id) => ({
    uploadId: id,
    name: `${id}.txt`,
    size: 1,
    canReopen: true,
  }))
  if (a && b) store.setInterrupted([a, b])
  await vi.advanceTimersByTimeAsync(1000)

  add('a')
  if (b) store.setInterrupted([b])
  await vi.advanceTimersByTimeAsync(1000)
  store.setInterrupted([])
  await vi.advanceTimersByTimeAsync(1000)

  expect(spoken).toEqual([
    ['2 uploads were not finished last time'],
    ['1 file added'],
    ['b.txt removed'],
  ])
})

it('falls silent when stopped', async () => {
  add('a')
  stop()
  await vi.advanceTimersByTimeAsync(1000)

  expect(spoken).toEqual([])
})

it('says once, with their number, that files were not added', async () => {
  const rejected = Array.from({ length: 2000 }, (_, index) => ({
    reason: 'file-type-not-accepted' as const,
    name: `${index}.pdf`,
    words: 'Only images can be added',
  }))
  store.reject(rejected.slice(0, 20))
  store.reject(rejected.slice(20))
  await vi.advanceTimersByTimeAsync(600)
  await vi.advanceTimersByTimeAsync(60_000)

  expect(spoken).toEqual([
    ['2,000 files were not added: 0.pdf, 1.pdf and 1,998 more. Only images can be added'],
  ])
})

it('says once for all files that there is no connection, and that it is back', async () => {
  add('a', 'b', 'c')
  await vi.advanceTimersByTimeAsync(1000)
  for (const id of ['a', 'b', 'c']) store.setState(id, { status: 'waiting', reason: 'offline' })
  await vi.advanceTimersByTimeAsync(60_000)
  for (const id of ['a', 'b', 'c']) store.setState(id, { status: 'uploading' })
  await vi.advanceTimersByTimeAsync(1000)

  expect(spoken.slice(1)).toEqual([
    ['You are offline. Uploads go on by themselves when you are connected again.'],
    ['Connected again'],
  ])
})

it('says of no connection that it is back when the files that waited are removed', async () => {
  add('a')
  store.setState('a', { status: 'waiting', reason: 'offline' })
  await vi.advanceTimersByTimeAsync(1000)
  store.remove(['a'])
  await vi.advanceTimersByTimeAsync(1000)

  expect(spoken.at(-1)).toEqual(['a.txt removed'])
})

it('speaks in the texts of the moment, and loses no news when they change', async () => {
  add('a')
  fail('a')
  await vi.advanceTimersByTimeAsync(100)
  explain = () => 'In other words.'
  await vi.advanceTimersByTimeAsync(400)

  expect(spoken.flat()).toContain('a.txt could not be uploaded: In other words.')
})
