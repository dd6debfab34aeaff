import { describe, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { UploadStore } from '../../../src/upload/store/upload-store.js'

const pdf = (name: string) =>
  ({ reason: 'file-type-not-accepted', name, words: 'Only images' }) as const
const large = (name: string) =>
  ({
    reason: 'file-too-large',
    name,
    words: `${name} is larger than 10 MB`,
  }) as const

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `${index}.pdf`)

describe('rejected files', () => {
  it('of one reason are one entry with their number and their first names', () => {
    const store = new UploadStore(systemRuntime)

    store.reject(numbered(2000).map(pdf))

    expect(store.rejected).toMatchObject([
      { reason: 'file-type-not-accepted', words: 'Only images', count: 2000 },
    ])
    expect(store.rejected[0]?.names).toEqual(numbered(20))
  })

  it('are told of once, however many there are', () => {
    const store = new UploadStore(systemRuntime)
    const listener = vi.fn()
    store.subscribe(listener)

    store.reject(numbered(2000).map(pdf))

    expect(listener).toHaveBeenCalledOnce()
  })

  it('of several reasons are an entry each, although sentences name their file', () => {
    const store = new UploadStore(systemRuntime)

    store.reject([pdf('a.pdf'), large('b.png'), pdf('c.pdf'), large('d.png')])

    expect(store.rejected.map(({ reason, names }) => [reason, names])).toEqual([
      ['file-type-not-accepted', ['a.pdf', 'c.pdf']],
      ['file-too-large', ['b.png', 'd.png']],
    ])
  })

  it('of a later selection join the entry of their reason, which comes last then', () => {
    const store = new UploadStore(systemRuntime)
    store.reject([pdf('a.pdf'), large('b.png')])
    const before = store.rejected

    store.reject([pdf('c.pdf')])

    expect(store.rejected.map(({ reason, count }) => [reason, count])).toEqual([
      ['file-too-large', 1],
      ['file-type-not-accepted', 2],
    ])
    expect(store.rejected[1]?.id).toBe(before[0]?.id)
  })

  it('are the same list until something changes', () => {
    const store = new UploadStore(systemRuntime)
    store.reject([pdf('a.pdf')])
    const before = store.rejected

    expect(store.rejected).toBe(before)
    store.reject([pdf('b.pdf')])
    expect(store.rejected).not.toBe(before)
  })

  it('that were dismissed are counted anew', () => {
    const store = new UploadStore(systemRuntime)
    store.reject([pdf('a.pdf')])

    store.dismiss(store.rejected[0]?.id)
    store.reject([pdf('b.pdf')])

    expect(store.rejected).toMatchObject([{ names: ['b.pdf'], count: 1 }])
  })

  it('without a name count nothing: a whole selection', () => {
    const store = new UploadStore(systemRuntime)

    store.reject([{ reason: 'other' }])

    expect(store.rejected).toMatchObject([{ names: [], count: 0 }])
  })
})
