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

/** What is under a key: no object, one that was deleted just now, or one that stays. */
export type Remains = 'none' | 'deleted' | 'kept'

/** Deletes an object if it is unclaimed. */
export async function deleteUnclaimed(
  key: string,
  s3: Pick<StorageClient, 'getObjectTags' | 'deleteObject'>,
): Promise<Remains> {
  // The last look before the deletion: what lies between the two is the only time in which a claim can come too late.
  const tags = await s3.getObjectTags(key)
  if (tags === undefined) return 'none'
  if (!isUnclaimed(tags)) return 'kept'
  await s3.deleteObject({ key })
  return 'deleted'
}
