import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { anySignal } from '../../src/async/any-signal.js'
import { systemRuntime } from '../../src/async/runtime.js'

const limit = { timeoutMs: 1000, runtime: systemRuntime }

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

it('aborts with the first of its signals, and for that one’s reason', () => {
  const [first, second] = [new AbortController(), new AbortController()]
  const { signal } = anySignal([first.signal, second.signal])

  second.abort(new Error('enough'))
  first.abort(new Error('too late'))

  expect(signal.reason).toEqual(new Error('enough'))
})

it('is aborted at once by a signal that is', () => {
  const { signal } = anySignal([new AbortController().signal, AbortSignal.abort('before')], limit)

  expect(signal.reason).toBe('before')
  expect(vi.getTimerCount()).toBe(0)
})

it('aborts after its time, with a timeout', () => {
  const { signal } = anySignal([], limit)
  vi.advanceTimersByTime(999)
  expect(signal.aborted).toBe(false)

  vi.advanceTimersByTime(1)

  expect(signal.reason).toMatchObject({ name: 'TimeoutError' })
})

it('leaves no listener and no timer behind when it is released', () => {
  const { controller, listeners } = watchedController()
  const { signal, release } = anySignal([controller.signal], limit)
  expect(listeners.size).toBe(1)

  release()
  controller.abort()

  expect(listeners.size).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
  expect(signal.aborted).toBe(false)
})

it('leaves none behind after an abort either', () => {
  const { controller, listeners } = watchedController()
  anySignal([controller.signal, new AbortController().signal], limit)

  controller.abort()

  expect(listeners.size).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})

/** A controller whose signal says who listens. */
function watchedController() {
  const controller = new AbortController()
  const { signal } = controller
  const listeners = new Set<unknown>()
  const [add, remove] = [signal.addEventListener, signal.removeEventListener]
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners.add(args[1])
    add.apply(signal, args)
  }
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners.delete(args[1])
    remove.apply(signal, args)
  }
  return { controller, listeners }
}
