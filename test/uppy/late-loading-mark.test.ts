import { expect, it, vi } from 'vitest'
import { systemRuntime } from '../../src/async/runtime.js'
import { IndexedDbResumeStore } from '../../src/upload/resume/resume-store.js'
import { freshDatabaseForEachTest } from '../support/fake-database.js'
import { VirtualClock } from '../support/virtual-clock.js'
import { resumeRecord } from '../upload/resume/resume-records.js'
import { setUpLate, textFile } from './late-set-up.js'

freshDatabaseForEachTest()

/** Leaves an upload unfinished, as an earlier page does. */
async function leaveUnfinished(): Promise<void> {
  const store = new IndexedDbResumeStore(systemRuntime)
  const endpoint = new URL('/api/s3', document.baseURI).href
  await store.save(resumeRecord({ endpoint, savedAt: Date.now() }))
}

it('the code is loaded on an idle page that has left an upload, which is listed', async () => {
  await leaveUnfinished()
  const { code, uploads } = setUpLate()
  code.arrive()
  expect(code.asked).toBe(0)

  await vi.waitFor(() => expect(uploads.interrupted).toMatchObject([{ name: 'film.mp4' }]), {
    timeout: 10_000,
  })

  expect(code.asked).toBe(1)
})

it('nothing is loaded where none was left, until a file comes', async () => {
  const clock = new VirtualClock()
  const { code, choose } = setUpLate({ runtime: clock.runtime })

  expect(clock.timers).toEqual([])
  await systemRuntime.nextTask()
  expect(code.asked).toBe(0)
  choose(textFile('a.txt'))

  await vi.waitFor(() => expect(code.asked).toBe(1))
})

it('nothing is loaded by a plugin that was removed before the page is idle', async () => {
  await leaveUnfinished()
  const clock = new VirtualClock()
  const { code, uppy, plugin } = setUpLate({ runtime: clock.runtime })
  expect(clock.timers).toHaveLength(1)

  uppy.removePlugin(plugin)

  expect(clock.timers).toEqual([])
  expect(code.asked).toBe(0)
})
