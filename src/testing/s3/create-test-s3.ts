import { maxSinglePutBytes, minPartBytes } from '../../s3/limits.js'
import { toHex } from '../../sigv4/crypto.js'
import { Catalog, keysInOrder } from './catalog.js'
import { corsHeaders } from './cors.js'
import { portableHashes } from './hashes.js'
import { type FetchContext, type IncomingRequest, readRequest } from './incoming-request.js'
import { createMemoryStorage } from './memory-storage.js'
import type { TestS3Setup } from './operation-call.js'
import { perform } from './operations.js'
import { quirksOf } from './quirks.js'
import { type OperationName, operationOf } from './request-operation.js'
import { errorResponse, headersFrom } from './s3-response.js'
import type { ObjectRecord } from './storage.js'
import type { StoredObject, TestS3, TestS3Options } from './test-s3.js'
import { TestS3Error } from './test-s3-error.js'
import { requireOptions } from './test-s3-options.js'

/**
 * Makes a strict S3 that lives in this process: it verifies signatures, policies, sizes and checksums as S3 does.
 *
 * @example
 * const s3 = createTestS3({
 *   buckets: ['photos'],
 *   credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
 * })
 * const response = await s3.fetch(new Request(presignedUrl, { method: 'PUT', body: file }))
 * const [object] = await s3.objects('photos')
 * @throws TypeError when the options cannot work, all problems in one message.
 */
export function createTestS3(options: TestS3Options): TestS3 {
  requireOptions(options)
  const setup = setupFrom(options)
  let loading: Promise<void> | undefined
  const ready = () => {
    loading ??= setup.catalog.load(wantedBuckets(setup, options))
    return loading
  }
  return {
    ready,
    async fetch(request, context = {}) {
      await ready()
      return answer(setup, options, request, context)
    },
    async reset() {
      await ready()
      await setup.catalog.clear()
      for (const record of wantedBuckets(setup, options)) await setup.catalog.saveBucket(record)
    },
    async objects(bucket) {
      await ready()
      return storedObjects(setup, bucket)
    },
  }
}

function setupFrom(options: TestS3Options): TestS3Setup {
  const storage = options.storage ?? createMemoryStorage()
  const quirks = quirksOf[options.profile ?? 'aws']
  return {
    catalog: new Catalog(storage),
    storage,
    hashes: { ...portableHashes, ...options.hashes },
    credentials: [options.credentials].flat(),
    region: options.region ?? 'us-east-1',
    quirks: {
      ...quirks,
      requireSignedContentType: options.requireSignedContentType ?? quirks.requireSignedContentType,
    },
    now: options.now ?? (() => new Date()),
    minPartSizeBytes: options.minPartSizeBytes ?? minPartBytes,
    maxPutBytes: options.maxPutBytes ?? maxSinglePutBytes,
    cors: options.cors,
  }
}

function wantedBuckets({ now, cors }: TestS3Setup, { buckets }: TestS3Options) {
  return buckets.map((name) => ({ name, createdAt: now().getTime(), ...(cors && { cors }) }))
}

async function answer(
  setup: TestS3Setup,
  { onRequest }: TestS3Options,
  original: Request,
  context: FetchContext,
): Promise<Response> {
  let request: IncomingRequest | undefined
  let operation: OperationName | undefined
  let error: TestS3Error | undefined
  let response: Response
  const requestId = toHex(crypto.getRandomValues(new Uint8Array(8))).toUpperCase()
  try {
    request = await readRequest(original, context)
    operation = operationOf(request)
    response = await perform(operation, { setup, request })
  } catch (cause) {
    error = cause instanceof TestS3Error ? cause : internalError(cause)
    response = errorResponse(error, request, requestId)
  }
  response.headers.set('x-amz-request-id', requestId)
  response.headers.set('x-amz-id-2', requestId)
  if (request && operation !== 'Preflight') allowScripts(setup, request, operation, error, response)
  onRequest?.({
    operation,
    method: original.method,
    bucket: request?.bucket,
    key: request?.key,
    status: response.status,
    errorCode: error?.code,
    origin: request?.origin,
  })
  return response
}

function allowScripts(
  { catalog, quirks }: TestS3Setup,
  request: IncomingRequest,
  operation: OperationName | undefined,
  error: TestS3Error | undefined,
  response: Response,
): void {
  const bucket = catalog.bucket(request.bucket ?? '')
  const isHidden =
    error?.isAuthenticationError &&
    operation !== 'PostObject' &&
    !quirks.hasCorsOnAuthenticationErrors
  if (!bucket || isHidden) return
  for (const [name, value] of headersFrom(corsHeaders({ request, bucket }))) {
    response.headers.set(name, value)
  }
}

function internalError(cause: unknown): TestS3Error {
  const error = new TestS3Error(
    'InternalError',
    'We encountered an internal error. Please try again.',
  )
  error.cause = cause
  return error
}

function storedObjects({ catalog }: TestS3Setup, name: string): readonly StoredObject[] {
  const bucket = catalog.bucket(name)
  if (!bucket) throw new TypeError(`s3-direct-upload: the test S3 has no bucket "${name}".`)
  const describe = (record: ObjectRecord): StoredObject => ({
    key: record.key,
    size: record.size,
    etag: record.etag,
    contentType: record.content['content-type'] ?? '',
    headers: record.content,
    lastModified: new Date(record.lastModified),
    metadata: record.metadata,
    checksum: record.checksum,
    body: async () => {
      const opened = await catalog.openObject(bucket, record.key, () => undefined)
      if (!opened) throw new TypeError(`s3-direct-upload: "${record.key}" was deleted meanwhile.`)
      return opened.body.read(0, opened.record.size)
    },
  })
  return keysInOrder(bucket).flatMap((key) => {
    const record = bucket.objects.get(key)
    return record ? [describe(record)] : []
  })
}
