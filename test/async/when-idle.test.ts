import { afterEach, describe, expect, it, vi } from 'vitest'
import { whenIdle } from '../../src/async/when-idle.js'
import { VirtualClock } from '../support/virtual-clock.js'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** Idle callbacks that a test lets run. */
function stubIdleCallbacks() {
  const waiting = new Map<number, () => void>()
  const request = vi.fn((callback: () => void, _options?: IdleRequestOptions) => {
    waiting.set(waiting.size + 1, callback)
    return waiting.size
  })
  vi.stubGlobal('requestIdleCallback', request)
  vi.stubGlobal('cancelIdleCallback', (handle: number) => waiting.delete(handle))
  const becomeIdle = () => {
    for (const callback of waiting.values()) callback()
  }
  return { request, becomeIdle }
}

describe('where the browser tells when it is idle', () => {
  it('calls then, and after two seconds at the latest', () => {
    const { request, becomeIdle } = stubIdleCallbacks()
    const clock = new VirtualClock()
    const callback = vi.fn()

    whenIdle(callback, clock.runtime)
    expect(callback).not.toHaveBeenCalled()
    becomeIdle()

    expect(callback).toHaveBeenCalledTimes(1)
    expect(request.mock.calls[0]?.[1]).toEqual({ timeout: 2000 })
    expect(clock.timers).toEqual([])
  })

  it('does not call when it is cancelled', () => {
    const { becomeIdle } = stubIdleCallbacks()
    const callback = vi.fn()

    const cancel = whenIdle(callback, new VirtualClock().runtime)
    cancel()
    becomeIdle()

    expect(callback).not.toHaveBeenCalled()
  })
})

describe('where it does not', () => {
  it('calls after a moment, unless it is cancelled', async () => {
    vi.stubGlobal('requestIdleCallback', undefined)
    const clock = new VirtualClock()
    const cancelled = vi.fn()

    const called = new Promise<void>((resolve) => whenIdle(resolve, clock.runtime))
    whenIdle(cancelled, clock.runtime)()
    await clock.until(called)

    expect(clock.now).toBe(200)
    expect(cancelled).not.toHaveBeenCalled()
    expect(clock.timers).toEqual([])
  })
})
