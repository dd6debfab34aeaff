import { vi } from 'vitest'

/** How long a test waits for what it expects: the computer may do other things, too. */
export const patienceMs = 10_000

const { waitFor } = vi
vi.waitFor = (callback, options = {}) =>
  waitFor(callback, typeof options === 'number' ? options : { timeout: patienceMs, ...options })
