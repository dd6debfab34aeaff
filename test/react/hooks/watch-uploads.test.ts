import { beforeEach, expect, it } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { watchUploads } from '../../../src/react/hooks/watch-uploads.js'

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
const error = new UploadError('No.', { code: 'unexpected', retryable: true })

let store: UploadStore
let log: string[]

beforeEach(() => {
  store = new UploadStore(systemRuntime)
  log = []
})

function add(...ids: string[]) {
  store.add(ids.map((id) => ({ id, uploadId: id, name: id, type: '', size: 10 })))
}

function watch() {
  const callbacks: ReturnType<Parameters<typeof watchUploads>[1]> = {
    onUploadBegin: ({ id }) => log.push(`begin ${id}`),
    onUploadComplete: ({ id }) => log.push(`complete ${id}`),
    onUploadError: ({ id }, { message }) => log.push(`error ${id} ${message}`),
    onAllSettled: ({ uploaded, failed }) => log.push(`all ${uploaded.length} ${failed.length}`),
    onRemove: ({ id }) => log.push(`remove ${id}`),
  }
  return watchUploads(store, () => callbacks)
}

const settled = () => new Promise<void>((resolve) => queueMicrotask(resolve))

it('tells of the beginning and the end of each file, and of the end of all', async () => {
  watch()
  add('a', 'b')

  store.setState('a', { status: 'uploading' })
  store.setState('b', { status: 'waiting' })
  store.setState('a', { status: 'complete', object })
  store.setState('b', { status: 'uploading' })
  store.setState('b', { status: 'failed', error })
  await settled()

  expect(log).toEqual(['begin a', 'complete a', 'begin b', 'error b No.', 'all 1 1'])
})

it('tells of a new attempt of the engine as the same upload', async () => {
  watch()
  add('a')

  store.setState('a', { status: 'uploading' })
  store.setState('a', { status: 'waiting', lastError: error })
  store.setState('a', { status: 'uploading' })
  await settled()

  expect(log).toEqual(['begin a'])
})

it('counts only what ended since the last call', async () => {
  watch()
  add('a', 'b')

  store.setState('a', { status: 'failed', error })
  store.setState('b', { status: 'complete', object })
  store.setState('a', { status: 'complete', object })
  await settled()

  expect(log.filter((line) => line.startsWith('all'))).toEqual(['all 0 1', 'all 1 0', 'all 1 0'])
})

it('tells of the end when the last file under way is removed', async () => {
  watch()
  add('a', 'b')
  store.setState('b', { status: 'waiting' })
  store.setState('a', { status: 'complete', object })

  store.remove(['b'])
  await settled()

  expect(log).toEqual(['complete a', 'remove b', 'all 1 0'])
})

it('takes what was there before for no news', async () => {
  add('a')
  store.setState('a', { status: 'complete', object })

  const stop = watch()
  store.remove(['a'])
  stop()
  add('b')
  store.remove(['b'])
  await settled()

  expect(log).toEqual(['remove a'])
})
