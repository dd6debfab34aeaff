import { describe, expect, it } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { toStorageError } from '../../../src/upload/errors/storage-refusal.js'
import {
  EndpointError,
  NetworkError,
  type NetworkErrorCode,
} from '../../../src/upload/errors/upload-error.js'
import { AttemptBudget } from '../../../src/upload/retry/attempt-budget.js'
import { defaultRetryPolicy } from '../../../src/upload/retry/retry-policy.js'

const storage = { hasAnswered: false, congestions: 0 }
const runtime = { ...systemRuntime, random: () => 1, isOnline: () => true }

/** How often a request that fails like this, without a byte, is tried again. */
function countRetries(code: NetworkErrorCode, durationMs = 0): number {
  const budget = new AttemptBudget({ policy: defaultRetryPolicy, runtime }, storage)
  const error = new NetworkError('It failed.', { code })
  let retries = 0
  while (budget.nextDelayMs({ error, sentBytes: 0, durationMs }) !== undefined) retries += 1
  return retries
}

describe('a file that is begun again', () => {
  const refused = (code: string) => ({
    error: toStorageError({ status: 400, body: `<Error><Code>${code}</Code></Error>` }),
    sentBytes: 0,
    durationMs: 0,
  })

  it('has another attempt for each reason: a damaged body says nothing of a signature that ends later', () => {
    const budget = new AttemptBudget({ policy: defaultRetryPolicy, runtime }, storage)

    for (const code of ['BadDigest', 'ExpiredToken', 'InvalidToken']) {
      expect(budget.nextDelayMs(refused(code)), code).toBeDefined()
    }
  })

  it('has other attempts than that one for signatures that grow old on the way', () => {
    const budget = new AttemptBudget({ policy: defaultRetryPolicy, runtime }, storage)
    const old = { ...refused('ExpiredToken'), isSignatureOld: true }

    expect(budget.nextDelayMs(refused('ExpiredToken'))).toBeDefined()
    for (const number of [1, 2, 3]) expect(budget.nextDelayMs(old), `${number}`).toBeDefined()
    expect(budget.nextDelayMs(old)).toBeUndefined()
    expect(budget.nextDelayMs(refused('ExpiredToken'))).toBeUndefined()
  })

  it('has no other attempt for a damaged body, however old its signature is', () => {
    const budget = new AttemptBudget({ policy: defaultRetryPolicy, runtime }, storage)
    const damaged = { ...refused('BadDigest'), isSignatureOld: true }

    expect(budget.nextDelayMs(damaged)).toBeDefined()
    expect(budget.nextDelayMs(damaged)).toBeUndefined()
  })

  it('is sent anew once for a part that is lost, and once for an upload that is gone', () => {
    const budget = new AttemptBudget({ policy: defaultRetryPolicy, runtime }, storage)

    const missing = (code: 'parts-missing' | 'upload-gone') => {
      const error = new EndpointError('It is missing.', { code, status: 200, retryable: true })
      return budget.nextDelayMs({ error, sentBytes: 0, durationMs: 0 })
    }

    expect(missing('parts-missing')).toBeDefined()
    expect(missing('upload-gone')).toBeDefined()
    expect(missing('upload-gone')).toBeUndefined()
  })

  it('is given up when the reason comes again', () => {
    const budget = new AttemptBudget({ policy: defaultRetryPolicy, runtime }, storage)
    budget.nextDelayMs(refused('BadDigest'))

    expect(budget.nextDelayMs(refused('BadDigest'))).toBeUndefined()
  })
})

describe('a storage that has never answered', () => {
  it('is given up soon when every request ends at once: a refusal that the browser hides', () => {
    expect(countRetries('network')).toBeLessThan(10)
  })

  it('is asked for as long as anything is tried again when its requests stall', () => {
    expect(countRetries('stalled')).toBeGreaterThan(2 * countRetries('network'))
  })

  it('is asked once more than there are connections when each of them is dead and nobody says so', () => {
    const connections = 6
    expect(countRetries('stalled', 120_000)).toBeGreaterThanOrEqual(connections)
  })
})
