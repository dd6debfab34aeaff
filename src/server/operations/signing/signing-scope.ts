import type { BucketLocation } from '../../../s3/bucket-location.js'
import type { Credentials } from '../../../sigv4/credentials.js'
import type { OperationContext } from '../../config/operation-context.js'
import type { ObjectStorage } from '../../objects/storage-headers.js'
import type { OpenUploadLimit } from '../../rules/open-upload-limit.js'
import { fetchSigningCredentials } from '../../storage/signing-credentials.js'
import type { StorageClient } from '../../storage/storage-client.js'

/** Where, by whom and for how long a request of a page is signed. */
export interface SigningScope {
  readonly location: BucketLocation
  readonly credentials: Credentials
  readonly expiresInSeconds: number
  readonly now: Date
}

/** Who signs in one request of a page, and how long what it signs can live. */
interface SigningScopes {
  /** For an upload in one request. */
  readonly single: SigningScope
  /** For a part, which may have to wait its turn. */
  readonly part: SigningScope
  /** For a download, or the next piece of one. */
  readonly download: SigningScope
}

/** The one object that a signature allows; the browser can change nothing of it. */
export interface ObjectToSign {
  readonly key: string
  /** Exact size in bytes. */
  readonly size: number
  readonly contentType: string
  readonly storage: ObjectStorage
  /** SHA-256 of the bytes, base64. */
  readonly checksum: string | undefined
  /** Whether a PUT may replace an object under the key. */
  readonly overwrite: 'refuse' | 'allow'
}

/** What the files of one `sign-uploads` request are signed with. */
export interface SignUploadsContext extends OperationContext {
  readonly scopes: SigningScopes
  readonly s3: StorageClient
  /** Given where a limit is set. */
  readonly openUploads: OpenUploadLimit | undefined
  /** Above 1 when an earlier answer was lost. */
  readonly attempt: number
  /** Returns another one for the key of each file. */
  readonly nextKeyComponent: () => Uint8Array
}

const partLifetimeSeconds = 1800

/**
 * Fetches the credentials once for a whole request; what they sign ends with them.
 *
 * @throws SigningError `misconfigured` when there are no credentials; `storage-error` when their provider failed, or they have expired.
 */
export async function openSigningScopes({ config, now }: OperationContext): Promise<SigningScopes> {
  const { credentials, remainingSeconds } = await fetchSigningCredentials(config.credentials, now)
  const scopeOf = (lifetimeSeconds: number): SigningScope => ({
    location: config.publicLocation,
    credentials,
    expiresInSeconds: Math.min(lifetimeSeconds, remainingSeconds),
    now,
  })
  return {
    single: scopeOf(config.signatureLifetimeSeconds),
    part: scopeOf(partLifetimeSeconds),
    download: scopeOf(config.downloadLifetimeSeconds),
  }
}
