import { expect, it } from 'vitest'
import { type Runtime, systemRuntime } from '../../../src/async/runtime.js'
import { createLazyResumption } from '../../../src/upload/resume/lazy-resumption.js'
import type { UploadRecord } from '../../../src/upload/store/upload-record.js'

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
  expect(await resumption.interrupted()).toEqual([])
  expect(await resumption.claimStale()).toEqual([])
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
