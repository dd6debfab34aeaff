import type { ObjectTags } from '../../s3/object-tagging.js'
import type { StorageClient } from '../storage/storage-client.js'

const tagKey = 's3-direct-upload'
const pendingValue = 'pending'

/** The tag that uploads are born with, and lose when somebody claims them. */
export const unclaimedTag: ObjectTags = { [tagKey]: pendingValue }

/** Tells whether nobody has claimed an object yet. */
export function isUnclaimed(tags: ObjectTags): boolean {
  return tags[tagKey] === pendingValue
}

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
  const { [tagKey]: _, ...others } = tags
  return s3.setObjectTags({ key, tags: others })
}

/** Deletes an object that nobody has claimed, and no other. */
export async function deleteUnclaimed(
  key: string,
  s3: Pick<StorageClient, 'getObjectTags' | 'deleteObject'>,
): Promise<void> {
  // The last look before the deletion: what lies between the two is the only time in which a claim can come too late.
  const tags = await s3.getObjectTags(key)
  if (tags !== undefined && isUnclaimed(tags)) await s3.deleteObject({ key })
}
