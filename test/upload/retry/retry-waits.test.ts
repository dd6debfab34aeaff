import { expect, it } from 'vitest'
import { RetryWaits } from '../../../src/upload/retry/retry-waits.js'

const hour = 3_600_000

/** A sleep that only its signal ends. */
function sleep(_delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason))
  })
}

it('a wait ends when the user does not want to wait', async () => {
  const waits = new RetryWaits({ sleep })
  const { signal } = new AbortController()

  const first = [waits.wait(hour, signal), waits.wait(hour, signal)]
  waits.end()
  await Promise.all(first)
  const second = waits.wait(hour, signal)
  waits.end()

  await expect(second).resolves.toBeUndefined()
})

it('a wait rejects with the reason of the signal that ends it', async () => {
  const waits = new RetryWaits({ sleep })
  const paused = new AbortController()

  const wait = waits.wait(hour, paused.signal)
  paused.abort('paused')

  await expect(wait).rejects.toBe('paused')
})
