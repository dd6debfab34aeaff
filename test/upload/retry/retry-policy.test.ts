import { describe, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { EndpointError } from '../../../src/upload/errors/upload-error.js'
import {
  defaultRetryPolicy,
  retryDelayMs,
  withRetry,
} from '../../../src/upload/retry/retry-policy.js'

const retrying = (random: number) => ({
  policy: defaultRetryPolicy,
  runtime: { ...systemRuntime, random: () => random },
})

describe('the wait before another attempt', () => {
  it('doubles up to twenty seconds, with full jitter', () => {
    const longest = [1, 2, 3, 4, 5, 6, 20].map((attempt) =>
      retryDelayMs(attempt, undefined, retrying(1)),
    )

    expect(longest).toEqual([1000, 2000, 4000, 8000, 16_000, 20_000, 20_000])
    expect(retryDelayMs(5, undefined, retrying(0))).toBe(0)
  })

  it('is never shorter than the endpoint asks', () => {
    const facts = { code: 'rate-limited', status: 429, retryable: true, retryAfterSeconds: 40 }

    expect(retryDelayMs(1, new EndpointError('busy', facts), retrying(1))).toBe(40_000)
  })

  it('is never longer than what is left of the budget, however long the endpoint asks', () => {
    const facts = { code: 'rate-limited', status: 429, retryable: true }
    const busy = new EndpointError('busy', { ...facts, retryAfterSeconds: 86_400 })

    expect(retryDelayMs(1, busy, retrying(1))).toBe(300_000)
    expect(retryDelayMs(1, busy, retrying(1), 250_000)).toBe(50_000)
    expect(retryDelayMs(1, busy, retrying(1), 400_000)).toBe(1000)
  })
})

describe('a request that is to be tried again in a day', () => {
  it('is tried once more at the end of the budget', async () => {
    const facts = { code: 'rate-limited', status: 429, retryable: true }
    const busy = new EndpointError('busy', { ...facts, retryAfterSeconds: 86_400 })
    const slept: number[] = []
    const attempts: number[] = []

    const promise = withRetry(
      async (number) => {
        attempts.push(number)
        throw busy
      },
      {
        policy: defaultRetryPolicy,
        runtime: { ...systemRuntime, now: () => 0, sleep: async (ms) => void slept.push(ms) },
        signal: new AbortController().signal,
      },
    )

    await expect(promise).rejects.toBe(busy)
    expect([slept, attempts]).toEqual([[300_000], [1, 2]])
  })
})

describe('waiting', () => {
  it('longer than a timer can does not end at once', async () => {
    vi.useFakeTimers()
    let isOver = false
    const controller = new AbortController()
    const waiting = systemRuntime.sleep(2 ** 40, controller.signal)
    waiting.then(
      () => {
        isOver = true
      },
      () => undefined,
    )

    await vi.advanceTimersByTimeAsync(60_000)

    expect(isOver).toBe(false)
    controller.abort(new Error('enough'))
    vi.useRealTimers()
  })

  it('ends early when the browser comes back online', async () => {
    const waiting = systemRuntime.sleep(60_000, new AbortController().signal)

    window.dispatchEvent(new Event('online'))

    await expect(waiting).resolves.toBeUndefined()
  })

  it('ends with the reason of the signal, and leaves no timer behind', async () => {
    vi.useFakeTimers()
    const controller = new AbortController()
    const waiting = systemRuntime.sleep(60_000, controller.signal)

    controller.abort(new Error('enough'))

    await expect(waiting).rejects.toThrow('enough')
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })
})
