import type {
  DownloadDescription,
  Received,
  Refused,
  SignDownloadsRequest,
  SignDownloadsResponse,
  SignedDownload,
} from '../../protocol/operations.js'
import { mapConcurrently } from '../map-concurrently.js'
import { canRunScript, contentTypeOf } from '../objects/media-type.js'
import type { OperationContext } from '../operation-context.js'
import type { DownloadTerms } from '../rules/download-authorization.js'
import type { StoredObject } from '../s3-client/head-object.js'
import { createS3Client, type S3Client } from '../s3-client/s3-client.js'
import { isSigningError, SigningError, toProtocolError, toSigningError } from '../signing-error.js'
import { type ObjectToGet, signGet } from './sign-get.js'
import { openSigningScopes, type SigningScope } from './signing-scope.js'
import { downloadForbidden, resolveWanted, type WantedDownload } from './wanted-download.js'

const maxConcurrentFiles = 16

interface DownloadContext extends OperationContext {
  readonly scope: SigningScope
  readonly s3: S3Client
}

/** Signs up to a hundred downloads of files that the app lets the caller have and that are there. */
export async function signDownloads(
  { files }: Received<SignDownloadsRequest>,
  context: OperationContext,
): Promise<SignDownloadsResponse> {
  const { download: scope } = await openSigningScopes(context)
  const s3 = createS3Client({ ...context.config, credentials: scope.credentials })
  return {
    files: await mapConcurrently(files, {
      limit: maxConcurrentFiles,
      map: async (file) => ('error' in file ? file : signDownload(file, { ...context, scope, s3 })),
    }),
  }
}

async function signDownload(
  file: DownloadDescription,
  context: DownloadContext,
): Promise<SignedDownload | Refused> {
  const { scope, s3, config } = context
  try {
    const wanted = await resolveWanted(file, context)
    const terms = await requirePermission(wanted, context)
    const stored = await lookAtObject(wanted.key, s3)
    const url = await signGet(objectToGet(wanted, terms, stored), scope)
    return { key: wanted.key, url, expiresInSeconds: scope.expiresInSeconds }
  } catch (thrown) {
    return { error: toProtocolError(toSigningError(thrown, config.onError)) }
  }
}

async function requirePermission(
  { key, receipt, disposition }: WantedDownload,
  { caller, config, request }: DownloadContext,
): Promise<DownloadTerms> {
  const { owner } = caller
  const permission = await config.authorizeDownload?.({
    key,
    owner,
    disposition,
    request,
    ...(receipt && { receipt }),
  })
  if (!permission) throw downloadForbidden()
  return permission === true ? {} : permission
}

/** Before the page goes there: of what S3 answers to a download, the page hears nothing. */
async function lookAtObject(key: string, s3: S3Client): Promise<StoredObject> {
  try {
    const stored = await s3.headObject({ key })
    if (stored !== undefined) return stored
  } catch (thrown) {
    if (!isSigningError(thrown) || thrown.code !== 'upload-not-found') throw thrown
    throw objectNotFound({ cause: thrown.cause })
  }
  throw objectNotFound()
}

function objectNotFound(options?: { readonly cause: unknown }): SigningError {
  return new SigningError('object-not-found', 'The file is no longer there.', options)
}

/** What may be shown keeps its type, whatever else is stored under the key meanwhile. */
function objectToGet(
  { key, disposition, name: wantedName }: WantedDownload,
  { name = wantedName, contentType, allowInline }: DownloadTerms,
  stored: StoredObject,
): ObjectToGet {
  const shownType = contentType ?? contentTypeOf(stored.contentType)
  const isInline = disposition === 'inline' && (allowInline ?? !canRunScript(shownType))
  return isInline
    ? { key, name, disposition, contentType: shownType }
    : { key, name, disposition: 'attachment', contentType }
}
