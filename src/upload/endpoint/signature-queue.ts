import { type FileDescription, maxBatchSize, type SignedUpload } from '../../protocol/operations.js'
import { withRetry } from '../retry.js'
import type { EndpointQueueOptions } from './endpoint-queue.js'
import { refusalOf } from './signing-client.js'

/** A signature and whether there is still time to use it. */
export interface Signature {
  readonly upload: SignedUpload
  /** Whether enough of its life is left to begin a transfer. */
  isFresh(): boolean
  /** Tells the queue that it no longer lies in stock: its transfer has begun, or never will. */
  release(): void
}

/** Hands out signatures in the order of asking, fetched in batches before they are needed. */
export interface SignatureQueue {
  /** Waits for the signature of `file`; `attempt` is 1 at first and higher when an earlier one was lost. */
  take(file: FileDescription, options: { attempt: number; signal: AbortSignal }): Promise<Signature>
}

/** The next batch is fetched when fewer signatures than this lie in stock. */
const lowWater = maxBatchSize / 2

/** A transfer begins only with this share of the signature's life left. */
const freshShare = 0.1

interface Waiting {
  readonly file: FileDescription
  readonly attempt: number
  readonly resolve: (signature: Signature) => void
  readonly reject: (reason: unknown) => void
}

/** Creates the queue. */
export function createSignatureQueue({
  client,
  policy,
  signal,
  onTrouble,
}: EndpointQueueOptions): SignatureQueue {
  const waiting = new Set<Waiting>()
  let inStock = 0
  let isScheduled = false
  let isFetching = false

  /** Waits for the end of the task that adds files, so that they share a request. */
  const schedule = () => {
    if (isScheduled) return
    isScheduled = true
    queueMicrotask(() => {
      isScheduled = false
      if (!isFetching && waiting.size > 0 && inStock < lowWater) void fetchBatch()
    })
  }

  const fetchBatch = async () => {
    isFetching = true
    const batch = [...waiting].slice(0, maxBatchSize)
    for (const item of batch) waiting.delete(item)
    try {
      const attempt = Math.max(...batch.map((item) => item.attempt))
      const files = batch.map((item) => item.file)
      const sign = () => client.signUploads(files, { attempt, signal })
      const answers = await withRetry(sign, { policy, signal, onRetry: onTrouble })
      onTrouble(undefined)
      for (const [index, item] of batch.entries()) {
        const answer = answers[index]
        if (answer === undefined) item.reject(new Error('No answer for this file.'))
        else if ('token' in answer) item.resolve(issue(answer))
        else item.reject(refusalOf(answer))
      }
    } catch (error) {
      for (const item of batch) item.reject(error)
    } finally {
      isFetching = false
      schedule()
    }
  }

  const issue = (upload: SignedUpload): Signature => {
    const received = { at: policy.now(), wallAt: policy.wallNow() }
    const usableMs = upload.expiresInSeconds * 1000 * (1 - freshShare)
    let isInStock = true
    inStock += 1
    return {
      upload,
      isFresh: () =>
        Math.max(policy.now() - received.at, policy.wallNow() - received.wallAt) < usableMs,
      release() {
        if (!isInStock) return
        isInStock = false
        inStock -= 1
        schedule()
      },
    }
  }

  return {
    take: (file, { attempt, signal: itemSignal }) =>
      new Promise<Signature>((resolve, reject) => {
        if (itemSignal.aborted) {
          reject(itemSignal.reason)
          return
        }
        const giveUp = () => {
          waiting.delete(item)
          reject(itemSignal.reason)
        }
        const settled = () => itemSignal.removeEventListener('abort', giveUp)
        const item: Waiting = {
          file,
          attempt,
          resolve(signature) {
            settled()
            // Nobody will use what was fetched for a file that has left the queue meanwhile.
            if (itemSignal.aborted) signature.release()
            resolve(signature)
          },
          reject(reason) {
            settled()
            reject(reason)
          },
        }
        itemSignal.addEventListener('abort', giveUp)
        waiting.add(item)
        schedule()
      }),
  }
}
