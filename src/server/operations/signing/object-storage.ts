import { maxObjectTags } from '../../../s3/limits.js'
import { storageProblems } from '../../config/check-storage.js'
import { requireNoProblems } from '../../config/checks.js'
import type { OperationContext } from '../../config/operation-context.js'
import type { SigningConfig } from '../../config/signing-config.js'
import type { FileToUpload } from '../../contract/files.js'
import type { JsonObject } from '../../contract/json.js'
import { type ObjectStorage, objectStorageOf } from '../../objects/storage-headers.js'
import { unclaimedTag } from '../../objects/unclaimed-tag.js'

/**
 * Returns how one file is kept and served, which the app may decide for each.
 *
 * @throws TypeError when the app returned what S3 would refuse; what the app throws passes.
 */
export async function storageOf(
  file: FileToUpload<JsonObject>,
  { caller, config }: Pick<OperationContext, 'caller' | 'config'>,
): Promise<ObjectStorage> {
  const { storage } = config
  if (typeof storage !== 'function') return tagged(objectStorageOf(file, storage), config)
  const returned = (await storage(file, caller)) ?? {}
  requireNoProblems('storage', storageProblems(returned))
  return tagged(objectStorageOf(file, returned), config)
}

/** Adds the tag of unclaimed objects, where uploads are born with it. */
function tagged(storage: ObjectStorage, { unclaimed }: SigningConfig): ObjectStorage {
  if (unclaimed === 'keep') return storage
  const tags = { ...storage.tags, ...unclaimedTag }
  if (Object.keys(tags).length <= maxObjectTags) return { ...storage, tags }
  throw new TypeError(
    `s3-direct-upload: storage.tags: has ${maxObjectTags} tags, and unclaimed: 'tag' needs one of them. Return ${maxObjectTags - 1} at most.`,
  )
}
