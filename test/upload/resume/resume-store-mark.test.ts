import { createStore, keys, set } from 'idb-keyval'
import { expect, it, vi } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { IndexedDbResumeStore } from '../../../src/upload/resume/resume-store.js'
import { isUnfinishedMarked, markUnfinished } from '../../../src/upload/store/unfinished-mark.js'
import { freshDatabaseForEachTest } from '../../support/fake-database.js'
import { dayMs, resumeRecord } from './resume-records.js'

freshDatabaseForEachTest()

const openStore = (wallNow = () => 0) => new IndexedDbResumeStore({ ...systemRuntime, wallNow })

it('unfinished uploads are marked as long as a record is kept', async () => {
  const store = openStore()
  expect(isUnfinishedMarked()).toBe(false)

  await store.save(resumeRecord({ uploadId: 'a' }))
  await store.save(resumeRecord({ uploadId: 'b' }))
  expect(isUnfinishedMarked()).toBe(true)
  await store.remove('a')
  expect(isUnfinishedMarked()).toBe(true)
  await store.remove('b')

  expect(isUnfinishedMarked()).toBe(false)
})

it('the mark stays for the uploads of another endpoint', async () => {
  const store = openStore()
  await store.save(resumeRecord({ uploadId: 'a' }))
  await store.save(resumeRecord({ uploadId: 'b', endpoint: '/api/other' }))

  await store.remove('a')

  expect(isUnfinishedMarked()).toBe(true)
})

it('the mark stays where another tab saves a record as it is taken away', async () => {
  const store = openStore()
  const record = resumeRecord({ uploadId: 'b' })
  const key = [record.endpoint, record.fingerprint, record.uploadId]
  await store.save(resumeRecord({ uploadId: 'a' }))
  const otherTab = createStore('s3-direct-upload', 'resume-records')
  // It has the database open.
  await keys(otherTab)
  const removeItem = vi.spyOn(Storage.prototype, 'removeItem').mockImplementationOnce((name) => {
    // That tab has set the mark already, which is lost here.
    void set(key, record, otherTab)
    removeItem.mockRestore()
    localStorage.removeItem(name)
  })

  await store.remove('a')

  expect(await store.list('/api/s3')).toEqual([record])
  expect(isUnfinishedMarked()).toBe(true)
})

it('a mark without any record is taken away when a page has looked', async () => {
  markUnfinished(true)

  await openStore().expired('/api/s3')

  expect(isUnfinishedMarked()).toBe(false)
})

it('a mark is set for the records of a page that could not', async () => {
  await openStore().save(resumeRecord())
  localStorage.clear()

  await openStore().expired('/api/s3')

  expect(isUnfinishedMarked()).toBe(true)
})

it('records that are forgotten take the mark with them', async () => {
  await openStore().save(resumeRecord({ endpoint: '/api/former' }))

  await openStore(() => 12 * dayMs + 1).expired('/api/s3')

  expect(isUnfinishedMarked()).toBe(false)
})

it('nothing is marked where the database keeps nothing', async () => {
  vi.stubGlobal('indexedDB', undefined)

  await openStore().save(resumeRecord())

  expect(isUnfinishedMarked()).toBe(false)
})
