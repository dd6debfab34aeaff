import { describe, expect, it, vi } from 'vitest'
import { createWebLock } from '../../../src/upload/resume/web-lock.js'

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

describe('a page that comes back from the browser’s cache', () => {
  /** The locks of a browser, which takes them from a page that it keeps in its cache. */
  function createLocks() {
    const held = new Map<string, { clientId: string; end: () => void }>()
    const managerOf = (clientId: string) =>
      ({
        async request(
          name: string,
          _options: LockOptions,
          callback: (lock: Lock | null) => Promise<void> | undefined,
        ) {
          if (held.has(name)) return await callback(null)
          const entry = { clientId, end: () => {} }
          held.set(name, entry)
          await callback({ name, mode: 'exclusive' })
          if (held.get(name) === entry) held.delete(name)
        },
        query: async () => ({
          held: [...held].map(([name, { clientId: owner }]) => ({ name, clientId: owner })),
        }),
      }) as unknown as LockManager
    return { held, managerOf }
  }

  const comeBack = (persisted = true) =>
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted }))

  it('takes again what it had lost', async () => {
    const { held, managerOf } = createLocks()
    const onLost = vi.fn()
    const release = await createWebLock(managerOf('mine')).tryLock('a', onLost)
    await Promise.resolve()
    held.clear()

    comeBack()

    await vi.waitFor(() => expect(held.size).toBe(1))
    expect(await createWebLock(managerOf('other')).tryLock('a')).toBeUndefined()
    expect(onLost).not.toHaveBeenCalled()
    release?.()
    await vi.waitFor(() => expect(held.size).toBe(0))
  })

  it('hears when another tab has taken it meanwhile, and leaves it to that', async () => {
    const { held, managerOf } = createLocks()
    const onLost = vi.fn()
    const mine = createWebLock(managerOf('mine'))
    const release = await mine.tryLock('a', onLost)
    await vi.waitFor(async () => expect(await mine.isLocked('a')).toBe(true))
    held.clear()
    await createWebLock(managerOf('other')).tryLock('a')

    comeBack()

    await vi.waitFor(() => expect(onLost).toHaveBeenCalledTimes(1))
    release?.()
    expect(await mine.isLocked('a')).toBe(true)
  })

  it.each([true, false])('keeps what it still has, persisted: %s', async (persisted) => {
    const { held, managerOf } = createLocks()
    const onLost = vi.fn()
    const mine = createWebLock(managerOf('mine'))
    const release = await mine.tryLock('a', onLost)
    await Promise.resolve()

    comeBack(persisted)
    await new Promise((resolve) => setTimeout(resolve, 20))

    expect(onLost).not.toHaveBeenCalled()
    expect(held.size).toBe(1)
    release?.()
  })
})
