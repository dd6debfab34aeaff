import type { ListedMultipart } from '../../s3-client/list-multipart-uploads.js'
import type { SigningConfig } from '../config/signing-config.js'
import { isSigningError } from '../errors/signing-error.js'
import type { StorageClient } from './storage-client.js'

/** With what open uploads are looked for. */
export interface SearchContext {
  readonly config: Pick<SigningConfig, 'reportUnlistable'>
  readonly s3: Pick<StorageClient, 'listMultipartUploads'>
}

/** Finds the open uploads of a key; none where S3 refuses to list them, which a lifecycle rule has to make up for. */
export async function findUploads(
  key: string,
  { s3, config }: SearchContext,
): Promise<readonly ListedMultipart[]> {
  try {
    return await s3.listMultipartUploads(key)
  } catch (error) {
    if (!isSigningError(error) || error.code !== 'storage-refused') throw error
    config.reportUnlistable(error)
    return []
  }
}
