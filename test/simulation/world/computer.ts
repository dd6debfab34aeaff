import { IDBFactory } from 'fake-indexeddb'
import type { Random } from '../../support/random.js'
import type { Clock } from '../clock/clock.js'
import type { Process } from '../clock/process.js'
import type { ComputerClock } from '../clock/virtual-runtime.js'
import { SimulatedLocks } from '../page/locks.js'
import { MemoryStorage } from '../page/memory-storage.js'

/** A timer of a hidden page fires once a second. */
const hiddenMs = 1000

/** The user's computer with its browser: what all tabs share, and what outlives them. */
export class Computer implements ComputerClock {
  isConnected = true
  isHidden = false
  wallSkewMs = 0
  sleptMs = 0
  /** Until then it sleeps. */
  asleepUntilMs = 0
  /** Milliseconds that each step of the database takes; Infinity when it does not answer. */
  databaseMs = 0
  /** Whether the database takes nothing more. */
  isDatabaseFull = false
  localStorage = new MemoryStorage()
  indexedDB = new IDBFactory()
  readonly locks: SimulatedLocks
  readonly #clock: Clock
  readonly #listeners = new Map<Process, Map<string, Set<(event: object) => void>>>()

  constructor(clock: Clock, random: Random) {
    this.#clock = clock
    this.locks = new SimulatedLocks(clock, random)
  }

  readonly skewMs = () => this.wallSkewMs
  readonly stoodStillMs = () => this.sleptMs
  readonly isOnline = () => this.isConnected
  readonly delayOf = (delayMs: number) => (this.isHidden ? Math.max(delayMs, hiddenMs) : delayMs)

  readonly watchOnline = (listener: () => void) => {
    for (const name of ['online', 'offline']) this.addListener(name, listener)
    const { process } = this.#clock
    return () => {
      for (const name of ['online', 'offline']) this.#of(process, name).delete(listener)
    }
  }

  addListener(name: string, listener: (event: object) => void): void {
    this.#of(this.#clock.process, name).add(listener)
  }

  removeListener(name: string, listener: (event: object) => void): void {
    this.#of(this.#clock.process, name).delete(listener)
  }

  /** Tells every page, each in a task of its own. */
  dispatch(name: string): void {
    for (const [process, events] of this.#listeners) {
      const listeners = events.get(name) ?? []
      if (!process.isAlive) continue
      this.#clock.at(
        0,
        () => {
          for (const listener of [...listeners]) listener({ type: name })
        },
        { process },
      )
    }
  }

  #of(process: Process, name: string): Set<(event: object) => void> {
    const events = this.#listeners.get(process) ?? new Map<string, Set<(event: object) => void>>()
    this.#listeners.set(process, events)
    const listeners = events.get(name) ?? new Set()
    events.set(name, listeners)
    return listeners
  }
}
