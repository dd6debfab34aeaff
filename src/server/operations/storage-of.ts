import { storageProblems } from '../check-storage.js'
import type { JsonObject } from '../json.js'
import type { OperationContext } from '../operation-context.js'
import { requireNoProblems } from '../option-checks.js'
import type { FileToUpload } from '../requested-files.js'
import { type ObjectStorage, objectStorageOf } from '../storage-headers.js'

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
  if (typeof storage !== 'function') return objectStorageOf(file, storage)
  const returned = (await storage(file, caller)) ?? {}
  requireNoProblems('storage', storageProblems(returned))
  return objectStorageOf(file, returned)
}
