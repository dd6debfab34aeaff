import { toDate } from '../../s3/date-text.js'
import type { Catalog } from './storage/catalog.js'
import { type CatalogMultipart, compareKeys } from './storage/catalog-bucket.js'
import type { TestS3Multipart } from './test-s3.js'

/**
 * Lists a bucket's unfinished uploads, for tests to look at.
 *
 * @throws TypeError when there is no such bucket.
 */
export function listedMultiparts(catalog: Catalog, name: string): readonly TestS3Multipart[] {
  return [...catalog.requireBucket(name).uploads.values()]
    .map(describeUpload)
    .sort((a, b) => compareKeys(a.key, b.key) || a.initiated.getTime() - b.initiated.getTime())
}

function describeUpload({ record, parts }: CatalogMultipart): TestS3Multipart {
  const { key, uploadId, content, initiated } = record
  return {
    key,
    uploadId,
    contentType: content['content-type'] ?? '',
    initiated: toDate(initiated),
    parts: [...parts.values()]
      .map(({ partNumber, size }) => ({ partNumber, size }))
      .sort((a, b) => a.partNumber - b.partNumber),
  }
}
