import type { Runtime } from '../../async/runtime.js'
import type { DownloadDescription, SignedDownload } from '../../protocol/operations.js'
import { mayPass } from '../errors/error-kinds.js'
import type { RetryPolicy } from '../retry/retry-policy.js'
import { beginSession, createAskEndpoint, type EndpointSession } from './ask-endpoint.js'
import { BatchQueue, takeOrRetry } from './batch-queue.js'
import { createDownloadClient } from './download-client.js'
import { isSameConnection, type SigningClientOptions } from './endpoint-request.js'

/** A user is waiting: retries for 30 seconds only, offline or not. */
const retryPolicy: RetryPolicy = { budgetSeconds: 30 }

/** Asks an endpoint for the URL of a stored file; rejects with an `UploadError`. */
export type SignDownload = (
  file: DownloadDescription,
  options: SigningClientOptions,
) => Promise<SignedDownload>

interface OpenBatch {
  readonly options: SigningClientOptions
  readonly queue: BatchQueue<DownloadDescription, SignedDownload, SignedDownload>
}

/** Creates what signs the downloads of a page: those asked for at the same moment share a request. */
export function createDownloadSigner(system: Runtime): SignDownload {
  // Somebody waits: being offline is no reason to wait any longer.
  const runtime: Runtime = { ...system, isOnline: () => true }
  // The menu with the link may be closed by now: the download starts all the same.
  const { signal } = new AbortController()
  /** By endpoint, so that the user is not asked twice at a time to sign in. */
  const sessions = new Map<string, EndpointSession>()
  let open: OpenBatch[] = []

  const openBatch = (options: SigningClientOptions): OpenBatch => {
    const session = sessions.get(options.endpoint) ?? beginSession(system)
    sessions.set(options.endpoint, session)
    const client = createDownloadClient(createAskEndpoint(() => options, session))
    const batch: OpenBatch = {
      options,
      queue: new BatchQueue<DownloadDescription, SignedDownload, SignedDownload>({
        policy: retryPolicy,
        runtime,
        signal,
        wait: () => 0,
        send(files) {
          open = open.filter((other) => other !== batch)
          return client.signDownloads(files, { signal })
        },
        decide: (_file, answer) => takeOrRetry(answer, mayPass),
      }),
    }
    open.push(batch)
    return batch
  }

  return (file, options) => {
    const isFitting = (batch: OpenBatch) => isSameConnection(batch.options, options)
    return (open.find(isFitting) ?? openBatch(options)).queue.ask(file)
  }
}

const signers = new WeakMap<Runtime, SignDownload>()

/** What signs all downloads of this page. */
export function downloadSignerOf(runtime: Runtime): SignDownload {
  const signer = signers.get(runtime) ?? createDownloadSigner(runtime)
  signers.set(runtime, signer)
  return signer
}
