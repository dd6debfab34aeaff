import { contentProblem } from '../content-verdict.js'
import type { JsonObject } from '../json.js'
import type { S3Client } from '../s3-client/s3-client.js'
import type { SigningConfig } from '../signing-config.js'
import { SigningError } from '../signing-error.js'
import type { StoredUpload } from '../stored-upload.js'

/** As many bytes as detectors of file types ask for. */
const inspectedBytes = 4100

/** With what an object's content is checked. */
export interface ContentContext {
  readonly config: Pick<SigningConfig, 'contentCheck' | 'onError'>
  readonly s3: Pick<S3Client, 'getObjectBeginning' | 'deleteObject'>
}

/**
 * Holds the first bytes of an object against its type, and deletes it when they are of another.
 *
 * @throws SigningError `type-mismatch`
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
    : await s3.getObjectBeginning({ key, etag, length: inspectedBytes })
  const detected = await contentCheck(bytes, { contentType, name, size })
  const problem = contentProblem({ bytes, contentType, detected })
  if (problem === undefined) return
  // The file is refused all the same; whoever reads the log removes it.
  await s3.deleteObject(key).catch(onError)
  throw new SigningError('type-mismatch', problem)
}
