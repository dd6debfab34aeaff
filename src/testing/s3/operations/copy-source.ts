import { entityTooLarge, receiveBody } from '../bodies/receive-body.js'
import { etagOf, type Payload, verifiedChecksum } from '../bodies/receive-payload.js'
import type { HashAlgorithm } from '../checksums/hashes.js'
import { requireReadConditions } from '../headers/conditions.js'
import { readChunks } from '../http/body-chunks.js'
import type { ByteRange } from '../http/byte-range.js'
import { amzHeadersOf, headerOf } from '../http/parsed-request.js'
import type { ChecksumAlgorithm, ObjectRecord } from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'
import { type CatalogBucket, noSuchBucket } from '../storage/catalog-bucket.js'
import { requireReadable } from './archived-object.js'
import { noSuchKey } from './object-operations.js'
import type { ObjectCall } from './operation-call.js'

/** What is copied. */
export interface Source {
  readonly bucket: CatalogBucket
  readonly key: string
}

/** How a source is read, as far as its record decides it. */
interface SourceOptions {
  /** Which checksum the copy gets. @default none */
  readonly algorithm: (record: ObjectRecord) => ChecksumAlgorithm | undefined
  /** @default the whole source */
  readonly range?: (record: ObjectRecord) => ByteRange | undefined
}

/**
 * Finds the bucket and the key that a request copies from.
 *
 * @throws TestS3Error `InvalidArgument`, `InvalidURI` when the key is not UTF-8, `NoSuchBucket`, or
 * `NotImplemented` for a version.
 */
export function findSource({ setup, request }: ObjectCall): Source {
  const text = headerOf(request, 'x-amz-copy-source') ?? ''
  if (/\?versionId=/.test(text)) {
    throw new TestS3Error('NotImplemented', 'Versions of objects are not implemented.')
  }
  const decoded = text.includes('?') ? '' : decodeSource(text)
  const [, name = '', key = ''] = /^\/?([^/]+)\/(.+)$/s.exec(decoded) ?? []
  if (key === '') {
    throw new TestS3Error(
      'InvalidArgument',
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      { ArgumentName: 'x-amz-copy-source', ArgumentValue: text },
    )
  }
  const bucket = setup.catalog.bucket(name)
  if (!bucket) throw noSuchBucket(name)
  return { bucket, key }
}

/**
 * Reads a source into the storage, with the checksum that the copy gets.
 *
 * @throws TestS3Error `NoSuchKey`, `PreconditionFailed`, or what the range is refused with.
 */
export async function readSource(
  { setup, request }: ObjectCall,
  { bucket, key }: Source,
  { algorithm: algorithmOf, range: rangeOf }: SourceOptions,
): Promise<Payload & { readonly record: ObjectRecord }> {
  const opened = await setup.catalog.openObject(bucket, key, (record) => {
    requireReadConditions(amzHeadersOf(request), record, 'x-amz-copy-source-')
    requireReadable(record, 'copy')
    const range = rangeOf?.(record) ?? { start: 0, end: record.size }
    const size = range.end - range.start
    if (size > setup.maxPutBytes) throw entityTooLarge(size, setup.maxPutBytes)
    return range
  })
  if (!opened) throw noSuchKey(key)
  const { record, body, inspected } = opened
  const algorithm = setup.quirks.checksums === 'ignored' ? undefined : algorithmOf(record)
  const algorithms: HashAlgorithm[] = algorithm ? ['md5', algorithm] : ['md5']
  const received = await receiveBody(setup, {
    chunks: readChunks(body.read(inspected.start, inspected.end)),
    maxBytes: setup.maxPutBytes,
    algorithms,
  })
  const checksum = algorithm && verifiedChecksum(received, { algorithm })
  return { record, body: received.body, etag: etagOf(received), checksum }
}

/** The header is URL-encoded, but many clients forget it: a key with a bare `%` counts as it stands. */
function decodeSource(text: string): string {
  if (/%(?![0-9a-f]{2})/i.test(text)) return text
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause
    throw new TestS3Error('InvalidURI', "Couldn't parse the specified URI.", { URI: text })
  }
}
