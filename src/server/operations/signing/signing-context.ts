import type { OperationContext } from '../../config/operation-context.js'
import type { OpenUploadLimit } from '../../rules/open-upload-limit.js'
import type { StorageClient } from '../../storage/storage-client.js'
import type { SigningScopes } from './signing-scope.js'

/** What the files of one `sign-uploads` request are signed with. */
export interface SigningContext extends OperationContext {
  readonly scopes: SigningScopes
  readonly s3: StorageClient
  /** Given where a limit is set. */
  readonly openUploads: OpenUploadLimit | undefined
  /** Above 1 when an earlier answer was lost. */
  readonly attempt: number
  /** Returns another one for the key of each file. */
  readonly nextKeyComponent: () => Uint8Array
}
