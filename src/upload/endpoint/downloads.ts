import type { Runtime } from '../../async/runtime.js'
import {
  type DownloadDescription,
  maxBatchSize,
  type SignedDownload,
} from '../../protocol/operations.js'
import { downloadRetryPolicy } from '../download/load-signing.js'
import { toEndpointError } from '../errors/endpoint-refusal.js'
import { toUploadError, type UploadError } from '../errors/upload-error.js'
import { withRetry } from '../retry/retry-policy.js'
import { beginSession, createAskEndpoint, type EndpointSession } from './ask-endpoint.js'
import { createDownloadClient } from './download-client.js'
import type { SigningClientOptions } from './endpoint-request.js'

/** Asks an endpoint for the URL of a stored file; rejects with an `UploadError`. */
export type SignDownload = (
  file: DownloadDescription,
  options: SigningClientOptions,
) => Promise<SignedDownload>

interface Waiting {
  readonly file: DownloadDescription
  readonly resolve: (signed: SignedDownload) => void
  readonly reject: (error: UploadError) => void
}

interface Batch {
  readonly options: SigningClientOptions
  readonly items: Waiting[]
}

/** Creates what signs the downloads of a page: those asked for at the same moment share a request. */
export function createDownloadSigner(system: Runtime): SignDownload {
  const runtime: Runtime = { ...system, isOnline: () => true }
  /** By endpoint, so that the user is not asked twice at a time to sign in. */
  const sessions = new Map<string, EndpointSession>()
  let open: Batch[] = []

  const sessionOf = (endpoint: string) => {
    const session = sessions.get(endpoint) ?? beginSession(system)
    sessions.set(endpoint, session)
    return session
  }

  const openBatch = (options: SigningClientOptions): Batch => {
    const batch: Batch = { options, items: [] }
    open.push(batch)
    runtime.setTimer(() => {
      open = open.filter((other) => other !== batch)
      void sendBatch(batch, { runtime, session: sessionOf(options.endpoint) })
    }, 0)
    return batch
  }

  return (file, options) => {
    const isFitting = (batch: Batch) =>
      batch.items.length < maxBatchSize && isSameConnection(batch.options, options)
    const batch = open.find(isFitting) ?? openBatch(options)
    return new Promise((resolve, reject) => {
      batch.items.push({ file, resolve, reject })
    })
  }
}

/** Settles every item; those that may succeed later are asked for again, together. */
async function sendBatch(
  { options, items }: Batch,
  { runtime, session }: { readonly runtime: Runtime; readonly session: EndpointSession },
): Promise<void> {
  const client = createDownloadClient(createAskEndpoint(() => options, session))
  // The menu with the link may be closed by now: the download starts all the same.
  const { signal } = new AbortController()
  let left: readonly Waiting[] = items
  const attempt = async () => {
    const files = left.map(({ file }) => file)
    const answers = await client.signDownloads(files, { signal })
    const again: { item: Waiting; error: UploadError }[] = []
    for (const [index, item] of left.entries()) {
      const answer = answers[index]
      if (answer === undefined || 'error' in answer) {
        const error = answer ? toEndpointError(answer) : toUploadError(new Error('No answer came.'))
        if (error.retryable) again.push({ item, error })
        else item.reject(error)
      } else item.resolve(answer)
    }
    left = again.map(({ item }) => item)
    if (again[0]) throw again[0].error
  }
  try {
    await withRetry(attempt, { policy: downloadRetryPolicy, runtime, signal })
  } catch (thrown) {
    for (const { reject } of left) reject(toUploadError(thrown))
  }
}

function isSameConnection(a: SigningClientOptions, b: SigningClientOptions): boolean {
  return (
    a.endpoint === b.endpoint &&
    a.credentials === b.credentials &&
    a.fetch === b.fetch &&
    isSameHeaders(a.headers, b.headers)
  )
}

function isSameHeaders(
  a: SigningClientOptions['headers'],
  b: SigningClientOptions['headers'],
): boolean {
  if (a === b) return true
  return typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b)
}

const signers = new WeakMap<Runtime, SignDownload>()

/** What signs all downloads of this page. */
export function downloadSignerOf(runtime: Runtime): SignDownload {
  const signer = signers.get(runtime) ?? createDownloadSigner(runtime)
  signers.set(runtime, signer)
  return signer
}
