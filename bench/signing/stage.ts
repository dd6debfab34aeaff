import { createTestS3, type TestS3 } from 's3-direct-upload/testing'
import { systemRuntime } from '../../src/async/runtime.js'
import type { SignedMultipart, SignUploadsResponse } from '../../src/protocol/operations.js'
import type { MultipartTarget } from '../../src/s3-client/multipart-target.js'
import type { OperationContext } from '../../src/server/config/operation-context.js'
import { resolveOptions } from '../../src/server/config/signing-config.js'
import type { SigningOptions } from '../../src/server/contract/signing-options.js'
import { createConfiguredHandler } from '../../src/server/create-signing-handler.js'
import { nodeHashes } from '../../src/testing/node/node-hashes.js'
import { bucket } from '../server/bucket.js'
import { largeFile, part } from './workload.js'

/** The address that all contestants sign for. */
export const s3Url = 'https://s3.test'

/** What all contestants sign with, and the bucket that says whether a signature is good. */
export interface Stage {
  readonly s3: TestS3
  /** Sends an operation to the signing handler. */
  readonly post: (operation: unknown) => Promise<Response>
  /** Lets the other contestants make the very token that the handler makes. */
  readonly tokenContext: () => OperationContext
  /** A multipart upload whose parts can be signed. */
  readonly upload: StageMultipart
}

/** A multipart upload, as the handler and as S3 know it. */
export interface StageMultipart extends MultipartTarget {
  readonly token: string
}

const signingEndpoint = 'https://app.test/api/s3'

/** Makes a bucket in memory, the handler that signs for it, and a large upload in it. */
export async function createStage(): Promise<Stage> {
  const { name, region, credentials } = bucket
  const s3 = createTestS3({ buckets: [name], region, credentials, hashes: nodeHashes })
  const options: SigningOptions = {
    bucket: name,
    region,
    endpoint: s3Url,
    credentials,
    secret: 'a secret of the benchmarks, long enough to be one',
    partSize: part.bytes.length,
    authorize: () => ({ owner: 'bench' }),
    fetch: (request) => s3.fetch(request),
  }
  const config = resolveOptions(options, systemRuntime)
  const handler = createConfiguredHandler(config)
  const post = (operation: unknown) => handler(jsonRequest(operation))
  const request = new Request(signingEndpoint)
  return {
    s3,
    post,
    tokenContext: () => ({ caller: { owner: 'bench' }, config, request, now: new Date() }),
    upload: await createMultipart(s3, post),
  }
}

function jsonRequest(body: unknown): Request {
  return new Request(signingEndpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

async function createMultipart(s3: TestS3, post: Stage['post']): Promise<StageMultipart> {
  const response = await post({ operation: 'sign-uploads', files: [largeFile] })
  const answer: SignUploadsResponse = await response.json()
  // A file of this size goes in parts.
  const { key, token } = answer.files[0] as SignedMultipart
  const [upload] = await s3.uploads(bucket.name)
  if (upload === undefined) throw new Error('No multipart upload was created.')
  return { key, token, s3UploadId: upload.uploadId }
}
