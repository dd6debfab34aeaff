import type { Runtime } from '../../async/runtime.js'

/** A transfer begins only with this share of the signature's life left. */
const freshShare = 0.1

/**
 * Begins the life of signatures that are asked for now: the computer may sleep while their answer waits. Given how long they
 * live, it returns a function that tells whether there is still time to use them.
 *
 * Neither clock alone will do: one stands still while the computer sleeps, the other can be set.
 */
export function beginLife({
  now,
  wallNow,
}: Pick<Runtime, 'now' | 'wallNow'>): (expiresInSeconds: number) => () => boolean {
  const asked = { at: now(), wallAt: wallNow() }
  return (expiresInSeconds) => {
    const usableMs = expiresInSeconds * 1000 * (1 - freshShare)
    return () => Math.max(now() - asked.at, wallNow() - asked.wallAt) < usableMs
  }
}
