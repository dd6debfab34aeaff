import { describe, expect, it, vi } from 'vitest'
import { loadCode } from '../../src/async/load-code.js'
import { VirtualClock } from '../support/virtual-clock.js'

const module = { answer: 42 }

/** Loading on a clock that only waiting moves. */
function setUp(runtime: { readonly isOnline?: () => boolean } = {}) {
  const clock = new VirtualClock()
  const end = new AbortController()
  const load = vi.fn<() => Promise<typeof module>>()
  const start = () =>
    loadCode(load, { runtime: { ...clock.runtime, ...runtime }, signal: end.signal })
  return { clock, end, load, start }
}

const never = () => new Promise<never>(() => {})

describe('code', () => {
  it('is loaded once where that works', async () => {
    const { clock, load, start } = setUp()
    load.mockResolvedValue(module)

    expect(await start()).toBe(module)
    expect(load).toHaveBeenCalledTimes(1)
    expect(clock.timers).toEqual([])
  })

  it('that fails is tried twice more, after half a second and two seconds', async () => {
    const { clock, load, start } = setUp()
    const triedAt: number[] = []
    load.mockImplementation(async () => {
      triedAt.push(clock.now)
      if (triedAt.length < 3) throw new TypeError('Failed to fetch')
      return module
    })

    expect(await clock.until(start())).toBe(module)
    expect(triedAt).toEqual([0, 500, 2500])
  })

  it('that fails three times rejects with the last failure', async () => {
    const { clock, load, start } = setUp()
    load.mockRejectedValueOnce(new Error('first')).mockRejectedValueOnce(new Error('second'))
    load.mockRejectedValue(new Error('third'))

    await expect(clock.until(start())).rejects.toThrow('third')
    expect(load).toHaveBeenCalledTimes(3)
    expect(clock.timers).toEqual([])
  })

  it('that does not arrive within thirty seconds is a failed try', async () => {
    const { clock, load, start } = setUp()
    load.mockImplementationOnce(never).mockResolvedValue(module)

    expect(await clock.until(start())).toBe(module)
    expect(clock.now).toBe(30_500)
  })

  it('is no longer tried once its signal aborts', async () => {
    const { clock, end, load, start } = setUp()
    load.mockRejectedValue(new Error('not there'))
    const loading = start()
    await vi.waitFor(() => expect(clock.timers).toEqual([500]))

    end.abort(new Error('gone'))

    await expect(loading).rejects.toThrow('gone')
    expect(load).toHaveBeenCalledTimes(1)
    expect(clock.timers).toEqual([])
  })

  it('is not asked for at all with a signal that is aborted', async () => {
    const { end, load, start } = setUp()
    end.abort(new Error('gone'))

    await expect(start()).rejects.toThrow('gone')
    expect(load).not.toHaveBeenCalled()
  })
})

describe('offline, code', () => {
  it('is asked for only after thirty seconds, or as soon as the browser is online', async () => {
    const { clock, load, start } = setUp({ isOnline: () => clock.now > 0 })
    load.mockResolvedValue(module)

    const loading = start()
    expect(load).not.toHaveBeenCalled()
    await clock.until(loading)

    expect(clock.now).toBe(30_000)
    expect(load).toHaveBeenCalledTimes(1)
  })

  it('is asked for from time to time, in case the browser is wrong', async () => {
    const { clock, load, start } = setUp({ isOnline: () => false })
    load.mockResolvedValue(module)

    expect(await clock.until(start())).toBe(module)
    expect(clock.now).toBe(30_000)
  })

  it('costs no try when it fails', async () => {
    let lostAt: number | undefined
    const { clock, load, start } = setUp({ isOnline: () => clock.now !== lostAt })
    load.mockImplementation(async () => {
      if (load.mock.calls.length === 2) lostAt = clock.now
      throw new TypeError('Failed to fetch')
    })

    // Three tries failed online, and one offline.
    await expect(clock.until(start())).rejects.toThrow('Failed to fetch')
    expect(load).toHaveBeenCalledTimes(4)
  })
})
