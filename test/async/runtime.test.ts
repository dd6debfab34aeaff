import { afterEach, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../src/async/runtime.js'

afterEach(() => void vi.useRealTimers())

it('calls back once, and not after it was cancelled', () => {
  vi.useFakeTimers()
  const [kept, cancelled] = [vi.fn(), vi.fn()]
  systemRuntime.setTimer(kept, 100)
  systemRuntime.setTimer(cancelled, 100)()

  vi.advanceTimersByTime(1000)

  expect(kept).toHaveBeenCalledTimes(1)
  expect(cancelled).not.toHaveBeenCalled()
})

it('waits as long as a timer can, where a longer delay would fire at once', () => {
  vi.useFakeTimers()
  const callback = vi.fn()
  systemRuntime.setTimer(callback, 2 ** 40)

  vi.advanceTimersByTime(2 ** 31 - 2)
  expect(callback).not.toHaveBeenCalled()

  vi.advanceTimersByTime(1)
  expect(callback).toHaveBeenCalledTimes(1)
})

it('sleeps until the time is over', async () => {
  vi.useFakeTimers()
  const sleep = systemRuntime.sleep(100)
  await vi.advanceTimersByTimeAsync(100)

  await expect(sleep).resolves.toBeUndefined()
})

it('sleeps no longer when the browser comes back online', async () => {
  const sleep = systemRuntime.sleep(3_600_000)
  window.dispatchEvent(new Event('online'))

  await expect(sleep).resolves.toBeUndefined()
})

it.each(['before', 'during'])('rejects a sleep whose signal aborts %s it', async (when) => {
  const stop = new AbortController()
  if (when === 'before') stop.abort(new Error('no longer needed'))
  const sleep = systemRuntime.sleep(3_600_000, stop.signal)
  stop.abort(new Error('no longer needed'))

  await expect(sleep).rejects.toThrow('no longer needed')
})

it('tells of changes of the connection until it is stopped', () => {
  const listener = vi.fn()
  const stop = systemRuntime.watchOnline(listener)
  window.dispatchEvent(new Event('offline'))
  stop()
  window.dispatchEvent(new Event('online'))

  expect(listener).toHaveBeenCalledTimes(1)
})

it('runs the next task after what is already due', async () => {
  const order: string[] = []
  const next = systemRuntime.nextTask().then(() => order.push('task'))
  await Promise.resolve().then(() => order.push('microtask'))
  await next

  expect(order).toEqual(['microtask', 'task'])
})
