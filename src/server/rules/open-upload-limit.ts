import { ownerFolders } from '../objects/owner-folder.js'
import type { OperationContext } from '../operation-context.js'
import type { S3Client } from '../s3-client/s3-client.js'
import { SigningError } from '../signing-error.js'
import { quotaExceeded } from './quota.js'

/** Counts the open multipart uploads of an owner, and those that one request adds. */
export interface OpenUploadLimit {
  /** When the request came. */
  readonly openUploads: number
  /**
   * Takes a place for the upload of a key; one that is `'open'` already has its own, and must be taken up.
   *
   * @throws SigningError `quota-exceeded` when no place is left, `invalid-request` when the request took one for the key.
   */
  readonly takePlace: (key: string) => 'new' | 'open'
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
  const openKeys = new Set(open.map(({ key }) => key))
  const takenKeys = new Set<string>()
  let places = maxOpenUploads - open.length
  const takePlace = (key: string) => {
    if (takenKeys.has(key)) throw namedTwice()
    takenKeys.add(key)
    if (openKeys.has(key)) return 'open'
    if (places <= 0) {
      const limit = `At most ${maxOpenUploads} large files may be under way at once.`
      throw quotaExceeded(`${limit} Finish or cancel one first.`)
    }
    places -= 1
    return 'new'
  }
  return { openUploads: open.length, takePlace }
}

/** Both would begin at the same time, where only one has been counted. */
function namedTwice(): SigningError {
  return new SigningError('invalid-request', 'id: another file of the request has the same one.')
}
