import { expect, it } from 'vitest'
import { type Runtime, systemRuntime } from '../../../src/async/runtime.js'
import { InterruptedUploads } from '../../../src/upload/resume/interrupted-uploads.js'
import { createLazyResumption } from '../../../src/upload/resume/lazy-resumption.js'
import type { UploadRecord } from '../../../src/upload/store/upload-record.js'
import { UploadStore } from '../../../src/upload/store/upload-store.js'

/** Timers that are over at once, and how long they were to take. */
function impatientRuntime() {
  const waits: number[] = []
  const setTimer: Runtime['setTimer'] = (callback, delayMs) => {
    waits.push(delayMs)
    return systemRuntime.setTimer(callback, 0)
  }
  return { waits, setTimer }
}

const source = new Blob(['hello'])
const record: UploadRecord = {
  id: 'a',
  uploadId: crypto.randomUUID(),
  name: 'a',
  type: '',
  size: 5,
  status: 'waiting',
  bytesUploaded: 0,
}

it('no file waits for code that could find nothing', async () => {
  const resumption = createLazyResumption({
    runtime: systemRuntime,
    mayHoldRecords: async () => false,
    load: () => new Promise(() => {}),
  })

  expect(await resumption.resume(record, source)).toBeUndefined()
})

it('code that does not arrive keeps a file waiting for seconds, and then no other', async () => {
  const runtime = impatientRuntime()
  const resumption = createLazyResumption({
    runtime,
    mayHoldRecords: async () => true,
    load: () => new Promise(() => {}),
  })

  expect(await resumption.resume(record, source)).toBeUndefined()
  expect(await resumption.resume(record, source)).toBeUndefined()
  expect(runtime.waits).toContain(3000)
})

it('code that cannot be loaded leaves nothing to go on with, and fails nothing', async () => {
  const resumption = createLazyResumption({
    runtime: systemRuntime,
    mayHoldRecords: () => Promise.reject(new Error('no')),
    load: () => Promise.reject(new TypeError('Failed to fetch')),
  })

  expect(await resumption.resume(record, source)).toBeUndefined()
  expect(await resumption.records).toBeUndefined()
})

it('the list of interrupted uploads is empty where its code cannot be loaded, and discarding fails nothing', async () => {
  const store = new UploadStore(systemRuntime)
  const { records } = createLazyResumption({
    runtime: systemRuntime,
    mayHoldRecords: async () => true,
    load: () => Promise.reject(new TypeError('Failed to fetch')),
  })
  const aborted: string[] = []
  const abort = async (token: string) => aborted.push(token) > 0
  const interrupted = new InterruptedUploads({
    store,
    records,
    aborts: { abort },
    addAndStart: () => {},
    runtime: systemRuntime,
  })

  await interrupted.load()
  await interrupted.discard(record.uploadId)

  expect([store.interrupted, aborted]).toEqual([[], []])
})

it('a browser that does not tell whether there is anything keeps a file waiting for seconds', async () => {
  const runtime = impatientRuntime()
  const resumption = createLazyResumption({
    runtime,
    mayHoldRecords: () => new Promise(() => {}),
    load: async () => Promise.reject(new Error('Nobody may ask for it.')),
  })

  expect(await resumption.resume(record, source)).toBeUndefined()
  expect(runtime.waits).toContain(3000)
})
