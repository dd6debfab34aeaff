import { type CompletedUpload, maxBatchSize } from '../../protocol/operations.js'
import { longestOfflineMs, type RetryPolicy, retryDelayMs, seemsOffline } from '../retry.js'
import { EndpointError, toUploadError, type UploadError } from '../upload-error.js'
import type { EndpointQueueOptions } from './endpoint-queue.js'
import { refusalOf } from './endpoint-refusal.js'

/** Asks the server whether uploads are really in the bucket, many in one request. */
export interface ConfirmationQueue {
  /** How many wait for an answer. */
  readonly pending: number
  /**
   * Resolves when the server has seen the object; rejects with its refusal.
   *
   * An upload that is to be asked for `alone` waits for no others, nor do they for it.
   */
  confirm(token: string, options: { alone: boolean }): Promise<CompletedUpload>
  /** Asks at once for all that wait, because nothing further will join them soon. */
  flush(): void
}

/** A batch goes out when it is full, when nobody joined it for a moment, or after this long at most. */
const idleMs = 500
const longestWaitMs = 10_000

/** S3 puts the parts of the largest objects together within minutes; an upload asks twice before it fails. */
const longestPendingMs = 15 * 60_000

interface Waiting {
  readonly token: string
  readonly alone: boolean
  readonly resolve: (upload: CompletedUpload) => void
  readonly reject: (reason: UploadError) => void
  failures: number
  waitedMs: number
  /** How long the server has said that S3 is still at it. */
  pendingMs: number
}

/** Creates the queue. */
export function createConfirmationQueue({
  client,
  policy,
  signal,
  onTrouble,
}: EndpointQueueOptions): ConfirmationQueue {
  let waiting: Waiting[] = []
  let pending = 0
  let idleTimer: ReturnType<typeof setTimeout> | undefined
  let longestTimer: ReturnType<typeof setTimeout> | undefined

  const flush = () => {
    clearTimeout(idleTimer)
    clearTimeout(longestTimer)
    longestTimer = undefined
    const batch = waiting
    waiting = []
    if (batch.length > 0) void confirmBatch(batch)
  }

  const confirmBatch = async (batch: readonly Waiting[]) => {
    const again: Again[] = []
    const settle = (item: Waiting, error: UploadError) => {
      const isOffline = seemsOffline(error, policy)
      if (!isOffline) item.failures += 1
      const delayMs = isOffline
        ? longestOfflineMs
        : retryDelayMs(item.failures, error, policy.random)
      if (!isOffline) item.waitedMs += delayMs
      if (mayAskAgain(item, error, policy)) again.push({ item, delayMs })
      else item.reject(error)
    }
    const waitForStorage = (item: Waiting, delayMs: number) => {
      item.pendingMs += delayMs
      if (item.pendingMs > longestPendingMs) item.reject(stillPending())
      else again.push({ item, delayMs })
    }
    try {
      const tokens = batch.map((item) => item.token)
      const answers = await client.completeUploads(tokens, { signal })
      onTrouble(undefined)
      for (const [index, item] of batch.entries()) {
        const answer = answers[index]
        if (answer === undefined) settle(item, toUploadError(new Error('No answer for this file.')))
        else if ('receipt' in answer) item.resolve(answer)
        else if ('error' in answer) settle(item, refusalOf(answer))
        else waitForStorage(item, Math.max(answer.retryAfterSeconds, 1) * 1000)
      }
    } catch (thrown) {
      const error = toUploadError(thrown)
      for (const item of batch) settle(item, error)
      if (again.length > 0) onTrouble(error)
    }
    if (again.length > 0) await askAgain(again)
  }

  /** Together, so that they share a request once more. */
  const askAgain = async (again: readonly Again[]) => {
    try {
      await policy.sleep(Math.max(...again.map(({ delayMs }) => delayMs)), signal)
      for (const { item } of again) join(item)
    } catch (error) {
      for (const { item } of again) item.reject(toUploadError(error))
    }
  }

  const join = (item: Waiting) => {
    if (item.alone) {
      void confirmBatch([item])
      return
    }
    waiting.push(item)
    if (waiting.length >= maxBatchSize) {
      flush()
      return
    }
    clearTimeout(idleTimer)
    idleTimer = setTimeout(flush, idleMs)
    longestTimer ??= setTimeout(flush, longestWaitMs)
  }

  return {
    get pending() {
      return pending
    },
    flush,
    async confirm(token, { alone }) {
      pending += 1
      try {
        return await new Promise<CompletedUpload>((resolve, reject) => {
          join({ token, alone, resolve, reject, failures: 0, waitedMs: 0, pendingMs: 0 })
        })
      } finally {
        pending -= 1
      }
    },
  }
}

interface Again {
  readonly item: Waiting
  readonly delayMs: number
}

function stillPending(): EndpointError {
  return new EndpointError(
    'All bytes are sent, and the storage has not put the file together within half an hour. Try again: nothing is sent twice.',
    { code: 'completion-pending', status: 200, retryable: true, concerns: 'file' },
  )
}

/** Whether to send a file, or parts of it, again is for the upload to decide. */
const decidedElsewhere: ReadonlySet<string> = new Set([
  'upload-not-found',
  'parts-missing',
  'unexpected',
])

function mayAskAgain({ waitedMs }: Waiting, error: UploadError, policy: RetryPolicy): boolean {
  if (!error.retryable || decidedElsewhere.has(error.code)) return false
  return waitedMs <= policy.budgetSeconds * 1000
}
