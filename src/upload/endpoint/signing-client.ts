import { systemRuntime } from '../../async/runtime.js'
import { beginSession, createAskEndpoint } from './ask-endpoint.js'
import { createDownloadClient, type DownloadClient } from './download-client.js'
import type { SigningClientOptions } from './endpoint-request.js'
import { createUploadClient, type UploadClient } from './upload-client.js'

/** One method per operation of the protocol; each throws an `EndpointError` when it is refused as a whole. */
export interface SigningClient extends UploadClient, DownloadClient {}

/**
 * Creates a client for a signing endpoint.
 *
 * @example
 * const client = createSigningClient({ endpoint: '/api/s3' })
 */
export function createSigningClient(options: SigningClientOptions): SigningClient {
  const ask = createAskEndpoint(() => options, beginSession(systemRuntime))
  return { ...createUploadClient(ask), ...createDownloadClient(ask) }
}
