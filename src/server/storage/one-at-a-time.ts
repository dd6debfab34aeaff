import type { Runtime } from '../../async/runtime.js'
import { withTimeout } from '../../async/with-timeout.js'

/** Work that hangs, or whose platform has ended it, holds up nothing for longer than this. */
const maxWaitMs = 30_000

/**
 * By what the work is about: when the last one of it has ended. A runtime stands for a process here: an app has one for all
 * its handlers, since a handler may live for one request; a simulation has one for each server.
 */
const lastOfProcess = new WeakMap<object, Map<string, Promise<void>>>()

/**
 * Does the work when everything that this process began before under the same name has ended.
 *
 * It sets requests to one process apart; S3 has no lock that would do so for several.
 */
export async function oneAtATime<Result>(
  name: string,
  work: () => Promise<Result>,
  runtime: Pick<Runtime, 'setTimer'>,
): Promise<Result> {
  const lastOf = lastOfProcess.get(runtime) ?? new Map<string, Promise<void>>()
  lastOfProcess.set(runtime, lastOf)
  const before = lastOf.get(name)
  const result = before === undefined ? work() : withTimeout(before, maxWaitMs, runtime).then(work)
  const ended = result.then(
    () => undefined,
    () => undefined,
  )
  lastOf.set(name, ended)
  try {
    return await result
  } finally {
    if (lastOf.get(name) === ended) lastOf.delete(name)
  }
}
