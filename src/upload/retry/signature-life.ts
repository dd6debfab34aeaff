import type { RetryPolicy } from './retry-policy.js'

/** A transfer begins only with this share of the signature's life left. */
const freshShare = 0.1

/**
 * Begins the life of a signature that came just now; the function tells whether there is still time to use it.
 *
 * Neither clock alone will do: one stands still while the computer sleeps, the other can be set.
 */
export function beginLife(expiresInSeconds: number, policy: RetryPolicy): () => boolean {
  const received = { at: policy.now(), wallAt: policy.wallNow() }
  const usableMs = expiresInSeconds * 1000 * (1 - freshShare)
  return () => Math.max(policy.now() - received.at, policy.wallNow() - received.wallAt) < usableMs
}
