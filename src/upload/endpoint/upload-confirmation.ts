import type { SignedUpload } from '../../protocol/operations.js'
import { encodeObjectKey } from '../../s3/object-key.js'
import { type RetryPolicy, retryDelayMs } from '../retry.js'
import type { UploadedObject, UploadRecord } from '../store/upload-record.js'
import { EndpointError, isEndpointError } from '../upload-error.js'
import { type ConfirmationQueue, createConfirmationQueue } from './confirmation-queue.js'
import type { EndpointQueueOptions } from './endpoint-queue.js'

/** A confirmation that finds nothing is repeated so often before the file is sent again. */
const mostConfirmations = 3

/** Finds out from the server what has really arrived in the bucket. */
export class UploadConfirmation {
  readonly #queue: ConfirmationQueue
  readonly #policy: RetryPolicy
  /** By upload id: what may have arrived although nobody has confirmed it. Outlives a failed upload. */
  readonly #unconfirmed = new Map<string, SignedUpload>()

  constructor(options: EndpointQueueOptions) {
    this.#queue = createConfirmationQueue(options)
    this.#policy = options.policy
  }

  /** How many uploads wait for an answer. */
  get pending(): number {
    return this.#queue.pending
  }

  /** Asks at once for all that wait. */
  flush(): void {
    this.#queue.flush()
  }

  /** Notes that an attempt may have stored the file, whatever its answer was. */
  expect({ uploadId }: UploadRecord, signed: SignedUpload): void {
    this.#unconfirmed.set(uploadId, signed)
  }

  /** Forgets a file that nobody wants any more. */
  forget({ uploadId }: UploadRecord): void {
    this.#unconfirmed.delete(uploadId)
  }

  /** Finds out whether the file has arrived by an earlier attempt, of which no answer came. */
  async findUnconfirmed(record: UploadRecord): Promise<UploadedObject | undefined> {
    const signed = this.#unconfirmed.get(record.uploadId)
    if (!signed) return undefined
    try {
      return await this.#confirm(record, signed)
    } catch (error) {
      if (!isNotFound(error) && !isWorthlessToken(error)) throw error
      this.forget(record)
      return undefined
    }
  }

  /** S3 has accepted the file: that the server does not see it yet is no reason to send it again at once. */
  async confirmSent(
    record: UploadRecord,
    signed: SignedUpload,
    signal: AbortSignal,
  ): Promise<UploadedObject> {
    for (let asked = 1; ; asked += 1) {
      try {
        return await this.#confirm(record, signed)
      } catch (error) {
        if (!isNotFound(error)) throw error
        if (asked === mostConfirmations) {
          this.forget(record)
          throw error
        }
        await this.#policy.sleep(retryDelayMs(asked, error, this.#policy.random), signal)
      }
    }
  }

  async #confirm(record: UploadRecord, signed: SignedUpload): Promise<UploadedObject> {
    const found = await this.#queue.confirm(signed.token)
    if (found.key !== signed.key || found.size !== record.size) throw anotherObject()
    this.forget(record)
    return { ...found, location: locationOf(signed) }
  }
}

/** Whether the server looked and saw no object. */
export function isNotFound(error: unknown): boolean {
  return isEndpointError(error) && error.code === 'upload-not-found'
}

/** Whether nobody can be asked with this token any more: the file has to be sent anew. */
function isWorthlessToken(error: unknown): boolean {
  return (
    isEndpointError(error) && (error.code === 'invalid-token' || error.code === 'expired-token')
  )
}

function anotherObject(): EndpointError {
  return new EndpointError(
    'The signing endpoint confirmed another object than was uploaded. It must answer in the order of the request.',
    { code: 'endpoint-answer', status: 200, retryable: false },
  )
}

/** A form goes to the bucket, a PUT to the object itself. */
function locationOf({ method, url, key }: SignedUpload): string {
  const location = new URL(url)
  location.search = ''
  if (method === 'POST')
    location.pathname = `${location.pathname.replace(/\/$/, '')}/${encodeObjectKey(key)}`
  return location.href
}
