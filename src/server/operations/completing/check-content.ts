import type { SigningConfig } from '../../config/signing-config.js'
import type { StoredUpload } from '../../contract/files.js'
import type { JsonObject } from '../../contract/json.js'
import { packageRefusal } from '../../errors/signing-error.js'
import { contentProblem } from '../../objects/content-verdict.js'
import { isUnclaimed } from '../../objects/unclaimed-tag.js'
import type { StorageClient } from '../../storage/storage-client.js'
import { objectReplaced } from '../../storage/storage-errors.js'

/** As many bytes as detectors of file types ask for. */
const inspectedBytes = 4100

/** With what an object's content is checked. */
export interface ContentContext {
  readonly config: Pick<
    SigningConfig,
    'contentCheck' | 'conditionalDeletion' | 'unclaimed' | 'onError'
  >
  readonly s3: Pick<StorageClient, 'headObject' | 'readStart' | 'getObjectTags' | 'deleteObject'>
}

/**
 * Holds the first bytes of an object against its type, and deletes it when they are of another.
 *
 * @throws SigningError `type-mismatch`, or `storage-error` when another object stands there meanwhile.
 */
export async function checkContent(
  upload: StoredUpload<JsonObject>,
  { config, s3 }: ContentContext,
): Promise<void> {
  const { contentCheck, onError } = config
  if (contentCheck === undefined) return
  const { key, etag, contentType, name, size } = upload
  const isEmpty = size === 0
  const bytes = isEmpty
    ? new Uint8Array()
    : await s3.readStart({ key, etag, length: inspectedBytes })
  const detected = await contentCheck(bytes, { contentType, name, size })
  requireDetected(detected)
  const problem = contentProblem({ bytes, contentType, detected })
  if (problem === undefined) return
  // The file is refused all the same; the log tells that its object is still there.
  const state = await deleteInspected(upload, { config, s3 }).catch(onError)
  if (state === 'replaced') throw objectReplaced()
  throw packageRefusal('type-mismatch', `${problem} Declare a file as what it is.`)
}

/** An unusable answer must not count as a contradiction: the object would be deleted. */
function requireDetected(detected: unknown): void {
  if (detected === undefined) return
  if (typeof detected === 'string' && /^[^\s/]+\/[^\s/]/.test(detected)) return
  throw new TypeError(
    "s3-direct-upload: contentCheck returned neither a media type such as 'image/png' nor undefined, so the file is kept and not " +
      'accepted. Return undefined where the bytes say nothing.',
  )
}

/**
 * Deletes the object that was read, and no other that a page has put in its place since; nor one that was claimed before,
 * of which the app may know.
 */
async function deleteInspected(
  { key, etag }: StoredUpload<JsonObject>,
  { config, s3 }: ContentContext,
): Promise<'gone' | 'claimed' | 'replaced'> {
  // Not every service has the condition, and some do not heed it.
  const stored = await s3.headObject({ key })
  if (stored === undefined) return 'gone'
  if (stored.etag !== etag) return 'replaced'
  if (config.unclaimed === 'tag') {
    const tags = await s3.getObjectTags(key)
    if (tags !== undefined && !isUnclaimed(tags)) return 'claimed'
  }
  const condition = config.conditionalDeletion ? { etag } : {}
  return (await s3.deleteObject({ key, ...condition })) ? 'gone' : 'replaced'
}
