import type { ObjectRecord } from '../model/storage.js'
import { TestS3Error } from '../model/test-s3-error.js'

const archiveClass = /^(?:GLACIER|DEEP_ARCHIVE)$/

/**
 * Refuses to read an object of an archive. S3 gives its bytes out only once it is restored, which is not implemented.
 *
 * @throws TestS3Error `InvalidObjectState`, or `ObjectNotInActiveTierError` for the source of a copy.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export function requireReadable({ kept }: ObjectRecord, use: 'download' | 'copy'): void {
  const storageClass = kept?.['x-amz-storage-class'] ?? ''
  if (!archiveClass.test(storageClass)) return
  if (use === 'download') {
    throw new TestS3Error(
      'InvalidObjectState',
      "The operation is not valid for the object's storage class",
      { StorageClass: storageClass },
    )
  }
  throw new TestS3Error(
    'ObjectNotInActiveTierError',
    'The source object of the COPY operation is not in the active tier and is only stored in Amazon Glacier.',
  )
}
