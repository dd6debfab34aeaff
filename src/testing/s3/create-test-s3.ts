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

function setupFrom(options: TestS3Options): TestS3Setup {
  const storage = options.storage ?? createMemoryStorage()
  const quirks = quirksOf[options.profile ?? 'aws']
  return {
    catalog: new Catalog(storage),
    storage,
    faults: new Faults(),
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
    lifecycle: options.lifecycle,
    addressing: options.addressing ?? 'any',
  }
}

function wantedBuckets({ now, cors, lifecycle }: TestS3Setup, { buckets }: TestS3Options) {
  return buckets.map((name) => ({
    name,
    createdAt: now().getTime(),
    ...(cors && { cors }),
    ...(lifecycle && { lifecycle }),
  }))
}
