import { IDBKeyRange } from 'fake-indexeddb'
import type { Clock } from '../clock/clock.js'
import { startMs } from '../clock/virtual-runtime.js'
import type { Computer } from '../world/computer.js'
import { SimulatedBlob, SimulatedFile, SimulatedForm } from './blob.js'
import { installDatabase } from './database.js'
import { type SendUpload, SimulatedXhr } from './xhr.js'

/** What the globals of a page lead to. */
export interface PageWorld {
  readonly clock: Clock
  readonly computer: Computer
  readonly fetch: typeof globalThis.fetch
  /** For the page at work. */
  sendUpload(): SendUpload
}

let world: PageWorld | undefined

/** From now on, what looks like a browser is this world. */
export function enterWorld(next: PageWorld): void {
  world = next
}

function current(): PageWorld {
  if (!world) throw new Error('No simulation has begun.')
  return world
}

/**
 * Gives this process the globals of a browser. The page at work has them: whose code runs, the clock knows.
 *
 * Timers and dates are for Uppy and the database alone: the product takes its own from `Runtime`.
 */
export function installPageGlobals(): void {
  const RealDate = Date
  class PageDate extends RealDate {
    constructor(...given: [] | [number | string]) {
      super(...((given.length === 0 ? [PageDate.now()] : given) as [number]))
    }
    static override now(): number {
      return world ? Math.floor(startMs + world.clock.now + world.computer.wallSkewMs) : startMs
    }
  }
  const soon = (run: () => void) => {
    const { clock, computer } = current()
    clock.at(0.1 + computer.databaseMs, run, { survives: true })
  }
  define({
    Blob: SimulatedBlob,
    File: SimulatedFile,
    FormData: SimulatedForm,
    XMLHttpRequest: class extends SimulatedXhr {
      constructor() {
        super(current().sendUpload())
      }
    },
    Date: PageDate,
    fetch: (...given: Parameters<typeof globalThis.fetch>) => current().fetch(...given),
    setTimeout: (run: () => void, delayMs = 0) => current().clock.at(Math.max(1, delayMs), run),
    clearTimeout: (cancel?: () => void) => cancel?.(),
    // The tasks of the database.
    setImmediate: soon,
    addEventListener: (name: string, listener: () => void) =>
      current().computer.addListener(name, listener),
    removeEventListener: (name: string, listener: () => void) =>
      current().computer.removeListener(name, listener),
  })
  installDatabase(() => {
    const { clock, computer } = current()
    return { clock, isDatabaseFull: () => computer.isDatabaseFull }
  })
  define({ IDBKeyRange })
  defineGetters({
    navigator: () => ({ onLine: current().computer.isConnected, locks: current().computer.locks }),
    localStorage: () => current().computer.localStorage,
    indexedDB: () => current().computer.indexedDB,
  })
}

function define(values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value })
  }
}

function defineGetters(getters: Readonly<Record<string, () => unknown>>): void {
  for (const [name, get] of Object.entries(getters)) {
    Object.defineProperty(globalThis, name, { configurable: true, get })
  }
}
