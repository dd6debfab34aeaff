import type { Runtime } from '../../../src/async/runtime.js'
import type { Random } from '../../support/random.js'
import type { Clock } from './clock.js'

/** When every run begins. */
export const startMs = Date.UTC(2026, 0, 1)

/** What a computer adds to the clock. */
export interface ComputerClock {
  /** How far its wall clock is ahead. */
  readonly skewMs: () => number
  /** How long its other clock has stood still. */
  readonly stoodStillMs: () => number
  /** How long a timer that would take so long takes on it. */
  readonly delayOf: (delayMs: number) => number
  readonly isOnline: () => boolean
  readonly watchOnline: (listener: () => void) => () => void
}

/** A clock and a network that are always right. */
export const serverClock: ComputerClock = {
  skewMs: () => 0,
  stoodStillMs: () => 0,
  delayOf: (delayMs) => delayMs,
  isOnline: () => true,
  watchOnline: () => () => {},
}

/** Timers come late, each by another moment: this is what makes two seeds differ where the product waits. */
const jitterMs = 3

/** Makes the Runtime of a computer from the clock of the simulation. */
export function createVirtualRuntime(
  clock: Clock,
  random: Random,
  computer: ComputerClock = serverClock,
): Runtime {
  const setTimer = (callback: () => void, delayMs: number) =>
    clock.at(computer.delayOf(Math.max(delayMs, 0)) + random.share() * jitterMs, callback)
  return {
    now: () => clock.now - computer.stoodStillMs(),
    wallNow: () => Math.floor(startMs + clock.now + computer.skewMs()),
    random: random.share,
    randomBytes: (length) => Uint8Array.from({ length }, () => random.integer(0, 255)),
    setTimer,
    nextTask: () => new Promise((resolve) => clock.at(random.share(), resolve)),
    sleep: (delayMs, signal) =>
      new Promise((resolve, reject) => {
        const settle = (finish: () => void) => {
          cancel()
          forget()
          signal?.removeEventListener('abort', stop)
          finish()
        }
        const wake = () => computer.isOnline() && settle(resolve)
        const stop = () => settle(() => reject(signal?.reason))
        const cancel = setTimer(() => settle(resolve), delayMs)
        const forget = computer.watchOnline(wake)
        signal?.addEventListener('abort', stop)
        if (signal?.aborted) stop()
      }),
    isOnline: computer.isOnline,
    watchOnline: computer.watchOnline,
  }
}
