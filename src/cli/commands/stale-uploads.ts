import { systemRuntime } from '../../async/runtime.js'
import { sendAbortMultipartUpload } from '../../s3-client/abort-multipart-upload.js'
import {
  type ListedMultipart,
  sendListMultipartUploads,
} from '../../s3-client/list-multipart-uploads.js'
import { openConnection, type S3Connection } from '../../s3-client/s3-connection.js'
import type { BucketConfig } from '../bucket/bucket-options.js'
import { askStorage } from '../bucket/no-answer-error.js'
import type { Terminal } from '../command-line/terminal.js'

/** Connects to the bucket with the server's own client, which tries again where S3 is busy. */
export function connectToBucket(
  { credentials, prefix: _, ...location }: BucketConfig,
  { fetch, now }: Pick<Terminal, 'fetch' | 'now'>,
): S3Connection {
  return openConnection({
    location,
    credentials,
    fetch: (request) => askStorage(request.url, () => fetch(request)),
    now,
    runtime: systemRuntime,
  })
}

/** Lists the multipart uploads below a prefix that were created more than `olderThan` seconds ago. */
export async function listStaleUploads(
  connection: S3Connection,
  { prefix, olderThan }: { readonly prefix: string; readonly olderThan: number },
): Promise<readonly ListedMultipart[]> {
  const limit = connection.now().getTime() - olderThan * 1000
  const uploads = await sendListMultipartUploads(prefix, connection)
  return uploads.filter(({ initiated }) => Date.parse(initiated) < limit)
}

/** Aborts multipart uploads one after the other, and returns the errors of those that could not be aborted. */
export async function removeStaleUploads(
  uploads: readonly ListedMultipart[],
  { connection, signal }: { readonly connection: S3Connection; readonly signal: AbortSignal },
): Promise<readonly unknown[]> {
  const failures: unknown[] = []
  for (const upload of uploads) {
    try {
      signal.throwIfAborted()
      await sendAbortMultipartUpload(upload, connection)
    } catch (error) {
      failures.push(error)
    }
  }
  return failures
}
