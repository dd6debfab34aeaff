import '@testing-library/jest-dom/vitest'
import { configure } from '@testing-library/dom'
import { afterAll } from 'vitest'
import { patienceMs } from './patience.js'

configure({ asyncUtilTimeout: patienceMs })

/**
 * Uppy's constructor sets a timer of three seconds that reads `window`, and never clears it.
 * Here the window may be gone by then, so whatever is left when a file ends is cleared.
 */
const { setTimeout: setTimer } = globalThis
const timers = new Set<ReturnType<typeof setTimer>>()
globalThis.setTimeout = Object.assign((...args: Parameters<typeof setTimer>) => {
  const timer = setTimer(...args)
  timers.add(timer)
  return timer
}, setTimer)

afterAll(() => {
  for (const timer of timers) clearTimeout(timer)
})
