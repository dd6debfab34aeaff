import type { Runtime } from '../../async/runtime.js'

/** A transfer begins only with this share of the signature's life left. */
const freshShare = 0.1

/**
 * Begins the life of a signature that came just now; the function tells whether there is still time to use it.
 *
 * Neither clock alone will do: one stands still while the computer sleeps, the other can be set.
 */
export function beginLife(
  expiresInSeconds: number,
  { now, wallNow }: Pick<Runtime, 'now' | 'wallNow'>,
): () => boolean {
  const received = { at: now(), wallAt: wallNow() }
  const usableMs = expiresInSeconds * 1000 * (1 - freshShare)
  return () => Math.max(now() - received.at, wallNow() - received.wallAt) < usableMs
}
