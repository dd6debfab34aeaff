import type { ObjectHead } from '../../s3-client/head-object.js'
import type { JsonObject } from '../contract/json.js'
import type { Receipt } from '../contract/receipt.js'
import { ReceiptError } from '../errors/receipt-error.js'
import type { StorageClient } from './storage-client.js'

/**
 * Looks whether the object is still the one that the receipt is about.
 *
 * @throws ReceiptError `object-missing` or `object-changed`
 * @throws SigningError when S3 does not answer, or refuses.
 */
export async function requireSameObject(
  receipt: Receipt<JsonObject>,
  s3: StorageClient,
): Promise<void> {
  const stored = await s3.headObject({ key: receipt.key })
  if (stored === undefined) throw new ReceiptError('object-missing')
  if (!isObjectOf(receipt, stored)) throw new ReceiptError('object-changed')
}

/** Tells whether a stored object is the one that a receipt is about. */
export function isObjectOf(
  { etag, size, versionId }: Receipt<JsonObject>,
  stored: ObjectHead,
): boolean {
  // The same bytes put there again are another version, with the same ETag.
  const isVersion = versionId === undefined || stored.versionId === versionId
  return stored.etag === etag && stored.size === size && isVersion
}
