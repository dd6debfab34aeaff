import { expect, it } from 'vitest'
import { createWebLock } from '../../../src/upload/resume/upload-lock.js'

it('gives an upload to one file of the page at a time', async () => {
  const lock = createWebLock(undefined)
  const release = await lock.tryLock('a')

  expect(await lock.tryLock('a')).toBeUndefined()
  expect(await lock.tryLock('b')).toBeDefined()
  expect(await lock.isLocked('a')).toBe(true)

  release?.()

  expect(await lock.isLocked('a')).toBe(false)
  expect(await lock.tryLock('a')).toBeDefined()
})

it('does not take an upload from its next holder when released twice', async () => {
  const lock = createWebLock(undefined)
  const release = await lock.tryLock('a')
  release?.()
  await lock.tryLock('a')

  release?.()

  expect(await lock.isLocked('a')).toBe(true)
})

it('keeps apart the files of the page where the browser refuses its locks', async () => {
  const refuse = async () => {
    throw new DOMException('The frame is sandboxed.', 'SecurityError')
  }
  const lock = createWebLock({ request: refuse, query: refuse } as unknown as LockManager)

  expect(await lock.tryLock('a')).toBeDefined()
  expect(await lock.tryLock('a')).toBeUndefined()
  expect(await lock.isLocked('a')).toBe(true)
})
