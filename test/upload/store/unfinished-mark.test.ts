import { beforeEach, expect, it, vi } from 'vitest'
import { isUnfinishedMarked, markUnfinished } from '../../../src/upload/store/unfinished-mark.js'

beforeEach(() => {
  localStorage.clear()
  return () => {
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
    localStorage.clear()
  }
})

it('is not set before an upload was left', () => {
  expect(isUnfinishedMarked()).toBe(false)
})

it('stays until it is taken back', () => {
  markUnfinished(true)
  markUnfinished(true)
  expect(isUnfinishedMarked()).toBe(true)

  markUnfinished(false)

  expect(isUnfinishedMarked()).toBe(false)
  expect(localStorage).toHaveLength(0)
})

it('is not set where the browser forbids the storage, and nothing is thrown', () => {
  vi.spyOn(globalThis, 'localStorage', 'get').mockImplementation(() => {
    throw new DOMException('The operation is insecure.', 'SecurityError')
  })

  markUnfinished(true)

  expect(isUnfinishedMarked()).toBe(false)
})

it('is not set where the storage is full, and nothing is thrown', () => {
  const full = () => {
    throw new DOMException('The quota is exceeded.', 'QuotaExceededError')
  }
  vi.stubGlobal('localStorage', { setItem: full, getItem: () => null })

  markUnfinished(true)

  expect(isUnfinishedMarked()).toBe(false)
})

it('is not set where there is no storage, such as on a server', () => {
  vi.stubGlobal('localStorage', undefined)

  markUnfinished(true)

  expect(isUnfinishedMarked()).toBe(false)
})
