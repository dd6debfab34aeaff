import { bucketUrl } from '../../s3/endpoint.js'
import { folderFactsOf, type OperationContext } from '../config/operation-context.js'
import { packageRefusal, type SigningError } from '../errors/signing-error.js'
import { ownerFolder, ownerFolders } from '../objects/owner-folder.js'
import { oneAtATime } from '../storage/one-at-a-time.js'
import type { StorageClient } from '../storage/storage-client.js'
import { signingKeyOf } from '../tokens/token.js'

/** Counts the open multipart uploads of an owner, and those that one request adds. */
export interface OpenUploadLimit {
  /** When the request came. */
  readonly openUploads: number
  /**
   * Takes a place for the upload of a file, by the keys that it may have: the one for a new upload, and those under older
   * secrets. One that is `'open'` under any of them has its own, and must be taken up.
   *
   * @throws SigningError `quota-exceeded` when no place is left, `invalid-request` when the request took one for the key.
   */
  readonly takePlace: (keys: readonly [string, ...string[]]) => 'new' | 'open'
}

/**
 * Does work that counts what an owner has open and begins more, when this process does none of it for the same owner.
 * Requests that come to several processes at the same moment may each take the last place.
 */
export function withOpenUploads<Result>(
  context: Pick<OperationContext, 'caller' | 'config'>,
  work: () => Promise<Result>,
): Promise<Result> {
  const { location, runtime, tokenKeys } = context.config
  const folder = ownerFolder(signingKeyOf(tokenKeys()), folderFactsOf(context))
  return oneAtATime(`${bucketUrl(location).href} ${folder}`, work, runtime)
}

/**
 * Lists what an owner has open.
 *
 * @throws SigningError `storage-refused` where the credentials may not list uploads: no upload begins uncounted.
 */
export async function countOpenUploads(
  maxOpenUploads: number,
  context: Pick<OperationContext, 'caller' | 'config'> & {
    readonly s3: Pick<StorageClient, 'listUploadsBelow'>
  },
): Promise<OpenUploadLimit> {
  const folders = ownerFolders(context.config.tokenKeys(), folderFactsOf(context))
  const lists = await Promise.all(folders.map((folder) => context.s3.listUploadsBelow(folder)))
  const open = lists.flat()
  const openKeys = new Set(open.map(({ key }) => key))
  const takenKeys = new Set<string>()
  let places = maxOpenUploads - open.length
  const takePlace: OpenUploadLimit['takePlace'] = (keys) => {
    const [key] = keys
    if (takenKeys.has(key)) throw namedTwice()
    takenKeys.add(key)
    if (keys.some((name) => openKeys.has(name))) return 'open'
    if (places <= 0) {
      const limit = `maxOpenUploads allows ${maxOpenUploads} large files of one owner at once.`
      throw packageRefusal('quota-exceeded', `${limit} Finish or cancel one first.`)
    }
    places -= 1
    return 'new'
  }
  return { openUploads: open.length, takePlace }
}

/** Both would begin at the same time, where only one has been counted. */
function namedTwice(): SigningError {
  return packageRefusal(
    'invalid-request',
    'id: another file of the request has the same one. Give each upload an id of its own.',
  )
}
