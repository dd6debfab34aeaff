import { isUnclaimed, withoutUnclaimedTag } from '../objects/unclaimed-tag.js'
import type { StorageClient } from './storage-client.js'

/**
 * Takes the tag from an object, and leaves its others; does nothing where there is none. `false` says that the object is gone.
 */
export async function removeUnclaimedTag(
  key: string,
  s3: Pick<StorageClient, 'getObjectTags' | 'setObjectTags'>,
): Promise<boolean> {
  const tags = await s3.getObjectTags(key)
  if (tags === undefined) return false
  if (!isUnclaimed(tags)) return true
  return s3.setObjectTags({ key, tags: withoutUnclaimedTag(tags) })
}

/** Deletes an object if it is unclaimed. */
export async function deleteUnclaimed(
  key: string,
  s3: Pick<StorageClient, 'getObjectTags' | 'deleteObject'>,
): Promise<void> {
  // The last look before the deletion: what lies between the two is the only time in which a claim can come too late.
  const tags = await s3.getObjectTags(key)
  if (tags !== undefined && isUnclaimed(tags)) await s3.deleteObject({ key })
}
