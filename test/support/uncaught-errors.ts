import { vi } from 'vitest'

/** Gathers what the code under test lets surface as uncaught, until the test ends. */
export function gatherUncaught(): readonly unknown[] {
  const uncaught: unknown[] = []
  vi.stubGlobal('queueMicrotask', (callback: () => void) => {
    Promise.resolve()
      .then(callback)
      .catch((error) => uncaught.push(error))
  })
  return uncaught
}
