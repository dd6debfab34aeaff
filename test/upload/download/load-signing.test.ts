import { expect, it, vi } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { loadSigning } from '../../../src/upload/download/load-signing.js'

/** A clock that only waiting moves. */
function createClock() {
  const clock = { ms: 0 }
  const runtime = {
    ...systemRuntime,
    now: () => clock.ms,
    random: () => 0.5,
    sleep: async (delayMs: number) => {
      clock.ms += delayMs
    },
    isOnline: () => false,
  }
  return { clock, runtime }
}

const failing = async () => {
  throw new TypeError('Failed to fetch dynamically imported module')
}

it('is tried twice more until the code comes', async () => {
  const code = { sign: () => 'signed' }
  const load = vi.fn(async () => code)
  load.mockImplementationOnce(failing).mockImplementationOnce(failing)

  expect(await loadSigning(load, createClock().runtime)).toBe(code)
  expect(load).toHaveBeenCalledTimes(3)
})

it('ends soon when the code never comes, offline too', async () => {
  const { clock, runtime } = createClock()
  const load = vi.fn(failing)

  await expect(loadSigning(load, runtime)).rejects.toMatchObject({
    name: 'UploadError',
    code: 'code-not-loaded',
    retryable: true,
    cause: expect.any(TypeError),
  })

  expect(load).toHaveBeenCalledTimes(3)
  expect(clock.ms).toBeGreaterThan(1000)
  expect(clock.ms).toBeLessThanOrEqual(5000)
})
