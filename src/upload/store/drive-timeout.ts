import type { Runtime } from '../../async/runtime.js'

/** How long a drive may take to open a file or to list a folder. */
const timeoutMs = 10_000

/** How long the page waits for a drive that has failed to answer once. */
const laterTimeoutMs = 100

/** Settles as the work does; rejects when the drive does not answer. */
export type WithinDriveTimeout = <T>(work: Promise<T>) => Promise<T>

/** Creates a timeout that is short once the drive has failed to answer. */
export function createDriveTimeout({ setTimer }: Pick<Runtime, 'setTimer'>): WithinDriveTimeout {
  let hasTimedOut = false
  return async (work) => {
    const waitMs = hasTimedOut ? laterTimeoutMs : timeoutMs
    let stopTimer = () => {}
    const late = new Promise<never>((_, reject) => {
      const end = () => {
        hasTimedOut = true
        const message = `The drive did not answer within ${waitMs / 1000} s.`
        reject(new DOMException(message, 'TimeoutError'))
      }
      stopTimer = setTimer(end, waitMs)
    })
    return await Promise.race([work, late]).finally(stopTimer)
  }
}
