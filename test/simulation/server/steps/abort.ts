import type { Caller } from '../caller.js'
import { retryPauseMs } from './retrying.js'

const maxTries = 5

/** Gives up what is held. What is complete stays, and is not forgotten. */
export async function abort(
  caller: Caller,
  { patienceMs }: { readonly patienceMs?: number },
): Promise<void> {
  let names = [...caller.held.keys()]
  for (let tries = 1; tries <= maxTries && names.length > 0; tries += 1) {
    const tokens = names.map((name) => caller.held.get(name)?.signed.token ?? '')
    const { response } = await caller.ask(
      { operation: 'abort-uploads', tokens },
      { patienceMs: tries === 1 ? patienceMs : undefined },
    )
    names = names.filter((name, index) => {
      const entry = response?.uploads[index]
      if (!entry) return true
      if ('error' in entry) return entry.error.retryable
      if (!caller.ends.has(name)) caller.held.delete(name)
      return false
    })
    if (names.length > 0) await caller.wait(retryPauseMs(tries))
  }
}
