import { toDate } from '../../s3/date-text.js'
import type { ObjectRecord } from './model/storage.js'
import type { Catalog } from './storage/catalog.js'
import { type CatalogBucket, keysInOrder } from './storage/catalog-bucket.js'
import type { TestS3Object } from './test-s3.js'

/**
 * Lists what a bucket holds, for tests to look at.
 *
 * @throws TypeError when there is no such bucket.
 */
export function storedObjects(catalog: Catalog, name: string): readonly TestS3Object[] {
  const bucket = catalog.requireBucket(name)
  return keysInOrder(bucket).flatMap((key) => {
    const record = bucket.objects.get(key)
    return record ? [describeObject(catalog, bucket, record)] : []
  })
}

function describeObject(
  catalog: Catalog,
  bucket: CatalogBucket,
  { key, size, etag, content, lastModified, metadata, kept, tags, checksum }: ObjectRecord,
): TestS3Object {
  return {
    key,
    size,
    etag,
    contentType: content['content-type'] ?? '',
    headers: content,
    lastModified: toDate(lastModified),
    metadata,
    ...(kept && { kept }),
    ...(tags && { tags }),
    checksum,
    async body() {
      const opened = await catalog.openObject(bucket, key, () => undefined)
      if (!opened) throw new TypeError(`s3-direct-upload: the object "${key}" is gone meanwhile.`)
      return opened.body.read(0, opened.record.size)
    },
  }
}
