import { type Runtime, systemRuntime } from '../../async/runtime.js'
import { maxSinglePutBytes, minPartBytes } from '../../s3/limits.js'
import { answerRequest } from './answer-request.js'
import { portableHashes } from './checksums/hashes.js'
import { Faults } from './faults/faults.js'
import { listedMultiparts } from './listed-multiparts.js'
import { quirksOf } from './model/quirks.js'
import type { TestS3Setup } from './operations/operation-call.js'
import { Catalog } from './storage/catalog.js'
import { createMemoryStorage } from './storage/memory-storage.js'
import { storedObjects } from './stored-objects.js'
import type { TestS3, TestS3Options } from './test-s3.js'
import { requireOptions } from './test-s3-options.js'

/**
 * Makes a test S3 that lives in this process: it verifies signatures, policies, sizes and checksums as S3 does.
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
  return createTestS3On(systemRuntime, options)
}

/** Makes a test S3 like {@link createTestS3}, with clocks, timers and chance of the caller. */
export function createTestS3On(runtime: Runtime, options: TestS3Options): TestS3 {
  requireOptions(options)
  const setup = setupFrom(options, runtime)
  let loading: Promise<void> | undefined
  const ready = () => {
    loading ??= setup.catalog.load(wantedBuckets(setup, options))
    return loading
  }
  return {
    ready,
    async fetch(request, context = {}) {
      await ready()
      const { event, answer } = await answerRequest(setup, request, context)
      options.onRequest?.(event)
      if ('reason' in answer) throw answer.reason
      return answer
    },
    fault: (rule) => setup.faults.add(rule),
    async reset() {
      setup.faults.clear()
      await ready()
      await setup.catalog.clear()
      for (const record of wantedBuckets(setup, options)) await setup.catalog.saveBucket(record)
    },
    async objects(bucket) {
      await ready()
      return storedObjects(setup.catalog, bucket)
    },
    async uploads(bucket) {
      await ready()
      return listedMultiparts(setup.catalog, bucket)
    },
  }
}

function setupFrom(options: TestS3Options, runtime: Runtime): TestS3Setup {
  const storage = options.storage ?? createMemoryStorage()
  const quirks = quirksOf[options.profile ?? 'aws']
  return {
    catalog: new Catalog(storage),
    storage,
    faults: new Faults(runtime),
    hashes: { ...portableHashes, ...options.hashes },
    credentials: [options.credentials].flat(),
    region: options.region ?? 'us-east-1',
    quirks: {
      ...quirks,
      requireSignedContentType: options.requireSignedContentType ?? quirks.requireSignedContentType,
    },
    now: clockOf(options, runtime),
    randomBytes: runtime.randomBytes,
    minPartSizeBytes: options.minPartSizeBytes ?? minPartBytes,
    maxPutBytes: options.maxPutBytes ?? maxSinglePutBytes,
    cors: options.cors,
    lifecycle: options.lifecycle,
    addressing: options.addressing ?? 'any',
  }
}

function clockOf({ now }: TestS3Options, { wallNow }: Runtime): () => number {
  return now ? () => now().getTime() : wallNow
}

function wantedBuckets({ now, cors, lifecycle }: TestS3Setup, { buckets }: TestS3Options) {
  return buckets.map((name) => ({
    name,
    createdAt: now(),
    ...(cors && { cors }),
    ...(lifecycle && { lifecycle }),
  }))
}
