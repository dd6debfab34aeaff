import { onTestFinished, vi } from 'vitest'

type PluginModule = typeof import('../../src/uppy/loaded-plugin.js')

/** The late code of the plugin, in the hands of a test. */
export interface PluginCode {
  /** How often it was asked for. */
  readonly asked: number
  /** Lets every request for it through, those that wait and those to come. */
  arrive(): void
  /** Lets none through: those that wait fail, and those to come. */
  fail(): void
  /** Holds those that come from now on. */
  hold(): void
}

/** Holds the code that the plugin loads late, until the test ends. */
export function holdPluginCode(): PluginCode {
  let asked = 0
  let gate = Promise.withResolvers<void>()
  const close = () => {
    gate = Promise.withResolvers()
    // Nobody may be waiting when it fails.
    gate.promise.catch(() => undefined)
  }
  /** What waits now, and what comes later. */
  const settle = (end: (each: PromiseWithResolvers<void>) => void) => {
    end(gate)
    close()
    end(gate)
  }
  close()
  vi.doMock('../../src/uppy/loaded-plugin.js', async () => {
    asked += 1
    await gate.promise
    return await vi.importActual<PluginModule>('../../src/uppy/loaded-plugin.js')
  })
  onTestFinished(() => void vi.doUnmock('../../src/uppy/loaded-plugin.js'))
  return {
    get asked() {
      return asked
    },
    arrive: () => settle(({ resolve }) => resolve()),
    fail: () => settle(({ reject }) => reject(new Error('The chunk is not there.'))),
    hold: close,
  }
}
