import type { OperationContext } from './operation-context.js'
import { ownerFolders } from './owner-folder.js'
import { quotaExceeded } from './quota.js'
import type { S3Client } from './s3-client/s3-client.js'

/** Counts the open multipart uploads of an owner, and those that one request adds. */
export interface OpenUploadLimit {
  /** When the request came. */
  readonly openUploads: number
  /**
   * Takes a place for an upload; one that is open already has its own.
   *
   * @throws SigningError `quota-exceeded` when no place is left.
   */
  readonly takePlace: (key: string) => void
}

/**
 * Lists what an owner has open. Requests that come at the same moment may each take the last place.
 *
 * @throws SigningError `storage-refused` where the credentials may not list uploads: nothing is begun uncounted.
 */
export async function countOpenUploads(
  maxOpenUploads: number,
  context: Pick<OperationContext, 'caller' | 'config'> & {
    readonly s3: Pick<S3Client, 'listUploadsBelow'>
  },
): Promise<OpenUploadLimit> {
  const folders = await ownerFolders(context)
  const lists = await Promise.all(folders.map((folder) => context.s3.listUploadsBelow(folder)))
  const open = lists.flat()
  const keys = new Set(open.map(({ key }) => key))
  let places = maxOpenUploads - open.length
  const takePlace = (key: string) => {
    if (keys.has(key)) return
    if (places <= 0) {
      const limit = `At most ${maxOpenUploads} large files may be under way at once.`
      throw quotaExceeded(`${limit} Finish or cancel one first.`)
    }
    places -= 1
    keys.add(key)
  }
  return { openUploads: open.length, takePlace }
}
