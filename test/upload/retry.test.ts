import { describe, expect, it, vi } from 'vitest'
import { defaultRetryPolicy, retryDelayMs } from '../../src/upload/retry.js'
import { EndpointError } from '../../src/upload/upload-error.js'

describe('the wait before another attempt', () => {
  it('doubles up to twenty seconds, with full jitter', () => {
    const longest = [1, 2, 3, 4, 5, 6, 20].map((attempt) =>
      retryDelayMs(attempt, undefined, () => 1),
    )

    expect(longest).toEqual([1000, 2000, 4000, 8000, 16_000, 20_000, 20_000])
    expect(retryDelayMs(5, undefined, () => 0)).toBe(0)
  })

  it('is never shorter than the endpoint asks', () => {
    const facts = { code: 'rate-limited', status: 429, retryable: true, retryAfterSeconds: 40 }

    expect(retryDelayMs(1, new EndpointError('busy', facts), () => 1)).toBe(40_000)
  })
})

describe('waiting', () => {
  it('ends early when the browser comes back online', async () => {
    const waiting = defaultRetryPolicy.sleep(60_000, new AbortController().signal)

    window.dispatchEvent(new Event('online'))

    await expect(waiting).resolves.toBeUndefined()
  })

  it('ends with the reason of the signal, and leaves no timer behind', async () => {
    vi.useFakeTimers()
    const controller = new AbortController()
    const waiting = defaultRetryPolicy.sleep(60_000, controller.signal)

    controller.abort(new Error('enough'))

    await expect(waiting).rejects.toThrow('enough')
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })
})
