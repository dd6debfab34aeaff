import type { HiddenSpell } from './scenario.js'
import type { Visitor } from './tab.js'

/** Somebody who looks at another tab now and then. */
export interface Hiding {
  /** How much of the time the page was hidden so far, from 0 to 1. */
  share(): number
  /** Leaves the page in front. @throws what went wrong meanwhile */
  end(): Promise<void>
}

/** Hides the page and shows it again, spell by spell. */
export function keepHiding(spells: readonly HiddenSpell[], visitor: Visitor): Hiding {
  const start = performance.now()
  const ending = new AbortController()
  let hiddenMs = 0
  let hiddenSince: number | undefined

  const run = async () => {
    for (const spell of spells) {
      if (!(await waits(spell.visibleMs, ending.signal))) return
      const show = await visitor.hide()
      hiddenSince = performance.now()
      await waits(spell.hiddenMs, ending.signal)
      hiddenMs += performance.now() - hiddenSince
      hiddenSince = undefined
      await show()
    }
  }
  const done = run()
  // `end` reports it.
  done.catch(() => undefined)

  return {
    share() {
      const now = performance.now()
      return (hiddenMs + (hiddenSince === undefined ? 0 : now - hiddenSince)) / (now - start)
    },
    async end() {
      ending.abort()
      await done
    },
  }
}

/** Tells whether the time has passed before the end came. */
async function waits(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(true), milliseconds)
    const stop = () => finish(false)
    const finish = (hasPassed: boolean) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      resolve(hasPassed)
    }
    signal.addEventListener('abort', stop)
  })
}
