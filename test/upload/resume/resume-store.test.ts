import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import { createStore, entries, set } from 'idb-keyval'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Runtime, systemRuntime } from '../../../src/async/runtime.js'
import { IndexedDbResumeStore } from '../../../src/upload/resume/resume-store.js'
import { createMemoryResumeStore } from '../../support/memory-resume-store.js'
import { dayMs, resumeRecord } from './resume-records.js'

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
  return () => {
    vi.unstubAllGlobals()
  }
})

/** What lies in the database, whatever it is. */
const stored = () => entries(createStore('s3-direct-upload', 'resume-records'))

const idsOf = (records: readonly { readonly uploadId: string }[]) =>
  records.map(({ uploadId }) => uploadId)

describe.each([
  [
    'IndexedDB',
    (options: Pick<Runtime, 'wallNow'>) =>
      new IndexedDbResumeStore({ ...systemRuntime, ...options }),
  ],
  ['memory', createMemoryResumeStore],
])('a store in %s', (_, createResumeStore) => {
  it('gives back what was saved', async () => {
    const store = createResumeStore({ wallNow: () => 0 })
    const record = resumeRecord({ checksumAlgorithm: 'SHA256' })

    await store.save(record)

    expect(await store.list('/api/s3')).toEqual([record])
    expect(await store.find('/api/s3', 'the fingerprint')).toEqual([record])
  })

  it('keeps endpoints and files apart', async () => {
    const store = createResumeStore({ wallNow: () => 0 })
    await store.save(resumeRecord())

    expect(await store.list('/api')).toEqual([])
    expect(await store.find('/api/other', 'the fingerprint')).toEqual([])
    expect(await store.find('/api/s3', 'the finger')).toEqual([])
  })

  it('replaces the record of the same upload', async () => {
    const store = createResumeStore({ wallNow: () => 0 })

    await store.save(resumeRecord())
    await store.save(resumeRecord({ token: 'v1.newer.signature' }))

    expect(await store.list('/api/s3')).toEqual([resumeRecord({ token: 'v1.newer.signature' })])
  })

  it('finds all uploads of a file, the latest first', async () => {
    const store = createResumeStore({ wallNow: () => 3 })
    await store.save(resumeRecord({ uploadId: 'b', savedAt: 2 }))
    await store.save(resumeRecord({ uploadId: 'a', savedAt: 1 }))

    expect(idsOf(await store.find('/api/s3', 'the fingerprint'))).toEqual(['b', 'a'])
    expect(idsOf(await store.list('/api/s3'))).toEqual(['b', 'a'])
  })

  it('forgets what is removed', async () => {
    const store = createResumeStore({ wallNow: () => 0 })
    await store.save(resumeRecord({ uploadId: 'a' }))
    await store.save(resumeRecord({ uploadId: 'b' }))

    await store.remove('a')
    await store.remove('never saved')

    expect(idsOf(await store.list('/api/s3'))).toEqual(['b'])
  })

  it('tells records of more than six days apart', async () => {
    const store = createResumeStore({ wallNow: () => 7 * dayMs })
    await store.save(resumeRecord({ uploadId: 'old', savedAt: dayMs - 1 }))
    await store.save(resumeRecord({ uploadId: 'live', savedAt: dayMs, fingerprint: 'live' }))

    expect(idsOf(await store.list('/api/s3'))).toEqual(['live'])
    expect(idsOf(await store.expired('/api/s3'))).toEqual(['old'])
    expect(await store.find('/api/s3', 'the fingerprint')).toEqual([])
  })

  it('has what an older version has written removed like what is too old', async () => {
    const store = createResumeStore({ wallNow: () => 0 })
    await store.save(resumeRecord({ uploadId: 'older form', version: undefined }))

    expect(await store.find('/api/s3', 'the fingerprint')).toEqual([])
    expect(await store.list('/api/s3')).toEqual([])
    expect(idsOf(await store.expired('/api/s3'))).toEqual(['older form'])
  })

  it('takes 20 records at once', async () => {
    const store = createResumeStore({ wallNow: () => 0 })
    const ids = Array.from({ length: 20 }, (_, index) => `upload ${index}`)

    await Promise.all(ids.map((uploadId) => store.save(resumeRecord({ uploadId }))))

    expect(idsOf(await store.list('/api/s3')).sort()).toEqual(ids.sort())
  })
})

describe('records that are of no use', () => {
  const withoutPlan = { ...resumeRecord(), partSizeBytes: undefined }

  it.each([
    ['an older shape', withoutPlan],
    ['a text', 'record'],
    ['nothing', null],
    ['parts of no size', resumeRecord({ partSizeBytes: 0 })],
  ])('are ignored and deleted: %s', async (_, value) => {
    const key = ['/api/s3', 'the fingerprint', 'some upload']
    await set(key, value, createStore('s3-direct-upload', 'resume-records'))
    const store = new IndexedDbResumeStore({ ...systemRuntime, wallNow: () => 0 })
    await store.save(resumeRecord())

    expect(await store.list('/api/s3')).toEqual([resumeRecord()])
    await expect.poll(async () => (await stored()).length).toBe(1)
  })

  it('are forgotten after twelve days, also of an endpoint no longer in use', async () => {
    const store = new IndexedDbResumeStore({ ...systemRuntime, wallNow: () => 12 * dayMs + 1 })
    await store.save(resumeRecord({ endpoint: '/api/former' }))

    expect(await store.expired('/api/s3')).toEqual([])
    await expect.poll(stored).toEqual([])
  })
})

describe('the handle of a file', () => {
  const handle = { kind: 'file', name: 'film.mp4', getFile: 'a method in a browser' }

  it('is kept with the record', async () => {
    const store = new IndexedDbResumeStore({ ...systemRuntime, wallNow: () => 0 })
    // Methods cannot be cloned; in a browser the handle is cloned as a whole.
    await store.save(resumeRecord({ handle: handle as unknown as FileSystemFileHandle }))

    expect((await store.list('/api/s3'))[0]?.handle).toEqual(handle)
  })

  it('that cannot be cloned does not cost the record', async () => {
    const store = new IndexedDbResumeStore({ ...systemRuntime, wallNow: () => 0 })
    const uncloneable = { ...handle, getFile: () => {} } as unknown as FileSystemFileHandle

    await store.save(resumeRecord({ handle: uncloneable }))

    expect(await store.list('/api/s3')).toEqual([resumeRecord()])
  })

  it('that is something else is left out', async () => {
    const key = ['/api/s3', 'the fingerprint', 'some upload']
    const value = { ...resumeRecord(), handle: 'film.mp4' }
    await set(key, value, createStore('s3-direct-upload', 'resume-records'))

    const [record] = await new IndexedDbResumeStore({ ...systemRuntime, wallNow: () => 0 }).list(
      '/api/s3',
    )

    expect(record).toEqual(resumeRecord())
  })
})

describe('a database that does not work', () => {
  const useEverything = async (
    store = new IndexedDbResumeStore({ ...systemRuntime, wallNow: () => 0 }),
  ) => {
    await store.save(resumeRecord())
    await store.remove('some upload')
    return [
      await store.list('/api/s3'),
      await store.expired('/api/s3'),
      await store.find('/api/s3', 'the fingerprint'),
    ]
  }

  it('is as good as empty where there is none', async () => {
    vi.stubGlobal('indexedDB', undefined)

    expect(await useEverything()).toEqual([[], [], []])
  })

  it('is as good as empty where a private window refuses it', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError')
      },
    })

    expect(await useEverything()).toEqual([[], [], []])
  })

  it('is as good as empty where an app keeps another shape of it', async () => {
    await set('a', 1, createStore('s3-direct-upload', 'something else'))

    expect(await useEverything()).toEqual([[], [], []])
  })

  const isFull = () => new DOMException('No space is left.', 'QuotaExceededError')

  it.each([
    [
      'at once',
      () => {
        throw isFull()
      },
    ],
    [
      'at the end of the transaction',
      function (this: IDBObjectStore) {
        this.transaction.abort()
        return {} as IDBRequest<IDBValidKey>
      },
    ],
  ])('keeps what it had when it is full and says so %s', async (_, put) => {
    const store = new IndexedDbResumeStore({ ...systemRuntime, wallNow: () => 0 })
    await store.save(resumeRecord({ uploadId: 'first' }))
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(put)

    await store.save(resumeRecord({ uploadId: 'second' }))

    expect(idsOf(await store.list('/api/s3'))).toEqual(['first'])
  })

  it('is waited for once when it is blocked, and used again when it answers', async () => {
    const pending = { result: undefined, onsuccess: () => {} }
    const factory = new IDBFactory()
    vi.stubGlobal('indexedDB', { open: () => pending })
    const store = new IndexedDbResumeStore({ ...systemRuntime, wallNow: () => 0, patienceMs: 5 })

    expect(await useEverything(store)).toEqual([[], [], []])

    const request = factory.open('s3-direct-upload')
    request.onupgradeneeded = () => request.result.createObjectStore('resume-records')
    request.onsuccess = () => {
      Object.assign(pending, { result: request.result })
      pending.onsuccess()
    }
    await expect.poll(() => store.list('/api/s3')).toEqual([resumeRecord()])
  })
})
