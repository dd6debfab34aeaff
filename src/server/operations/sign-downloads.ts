import { mapConcurrently } from '../../async/map-concurrently.js'
import type {
  DownloadDescription,
  SignDownloadsRequest,
  SignDownloadsResponse,
  SignedDownload,
} from '../../protocol/downloads.js'
import type { Received, Refused } from '../../protocol/operations.js'
import type { ObjectHead, ObjectToHead } from '../../s3-client/head-object.js'
import { termsProblems } from '../config/check-terms.js'
import { requireNoProblems } from '../config/checks.js'
import type { OperationContext } from '../config/operation-context.js'
import type { DownloadTerms } from '../contract/downloads.js'
import { decideByApp, unlessRefused } from '../errors/app-refusal.js'
import {
  isSigningError,
  malformedItem,
  packageRefusal,
  type SigningError,
  toProtocolError,
  toSigningError,
} from '../errors/signing-error.js'
import { canRunScript, contentTypeOf } from '../objects/media-type.js'
import { lookAtStored } from '../storage/find-object.js'
import { isObjectOf } from '../storage/receipt-object.js'
import { createStorageClient, type StorageClient } from '../storage/storage-client.js'
import {
  downloadForbidden,
  type ResolvedDownload,
  resolveDownload,
} from './signing/resolve-download.js'
import { type ObjectToGet, signGet } from './signing/sign-get.js'
import { openSigningScopes, type SigningScope } from './signing/signing-scope.js'

const maxConcurrentFiles = 16

interface DownloadContext extends OperationContext {
  readonly scope: SigningScope
  readonly s3: StorageClient
}

/** Signs up to a hundred downloads of files that the app lets the caller have and that are there. */
export async function signDownloads(
  { files }: Received<SignDownloadsRequest>,
  context: OperationContext,
): Promise<SignDownloadsResponse> {
  const { download: scope } = await openSigningScopes(context)
  const s3 = createStorageClient({ ...context.config, credentials: scope.credentials })
  return {
    files: await mapConcurrently(files, {
      limit: maxConcurrentFiles,
      map: async (file) =>
        'error' in file ? malformedItem(file) : signDownload(file, { ...context, scope, s3 }),
    }),
  }
}

async function signDownload(
  file: DownloadDescription,
  context: DownloadContext,
): Promise<SignedDownload | Refused> {
  const { scope, s3, config } = context
  try {
    const wanted = await resolveDownload(file, context)
    const terms = await requirePermission(wanted, context)
    const stored = await lookAtWanted(wanted, s3)
    const url = signGet(objectToGet(wanted, terms, stored), scope)
    return { key: wanted.key, url, expiresInSeconds: scope.expiresInSeconds }
  } catch (thrown) {
    return { error: toProtocolError(toSigningError(thrown, config.onError)) }
  }
}

async function requirePermission(
  { key, receipt, disposition }: ResolvedDownload,
  { caller, config, request }: DownloadContext,
): Promise<DownloadTerms> {
  const { owner } = caller
  const download = { key, owner, disposition, request, ...(receipt && { receipt }) }
  const permission = unlessRefused(await decideByApp(() => config.authorizeDownload?.(download)))
  if (!permission) throw downloadForbidden()
  if (permission === true) return {}
  requireNoProblems('authorizeDownload', termsProblems(permission))
  return permission
}

/** A receipt is about one object: what came in its place later is not given for it. */
async function lookAtWanted(
  { key, receipt }: ResolvedDownload,
  s3: StorageClient,
): Promise<ObjectHead> {
  const versionId = receipt?.versionId
  const [stored] = await Promise.all([
    lookAtObject({ key }, s3),
    // To read a version by its id takes a permission of its own.
    versionId === undefined ? undefined : lookAtObject({ key, versionId }, s3),
  ])
  if (receipt === undefined || isObjectOf(receipt, stored)) return stored
  const message =
    'another object stands in the place of the one that the receipt is about. Have the file uploaded again.'
  throw packageRefusal('object-not-found', message)
}

/** Before the page goes there: of what S3 answers to a download, the page hears nothing. */
async function lookAtObject(object: ObjectToHead, s3: StorageClient): Promise<ObjectHead> {
  try {
    const stored = await lookAtStored(object, s3)
    if (stored !== undefined) return stored
  } catch (thrown) {
    if (!isSigningError(thrown) || thrown.code !== 'upload-not-found') throw thrown
    throw objectNotFound({ cause: thrown.cause })
  }
  throw objectNotFound()
}

function objectNotFound(options?: { readonly cause: unknown }): SigningError {
  return packageRefusal(
    'object-not-found',
    'no object stands under the key. Upload it again, or stop offering the download.',
    options,
  )
}

/** What may be shown keeps its type, whatever else is stored under the key meanwhile. */
function objectToGet(
  { key, receipt, disposition, name: wantedName }: ResolvedDownload,
  { name = wantedName, contentType, allowInline }: DownloadTerms,
  stored: ObjectHead,
): ObjectToGet {
  const shownType = contentType ?? contentTypeOf(stored.contentType)
  const isInline = disposition === 'inline' && (allowInline ?? !canRunScript(shownType))
  const object = { key, name, versionId: receipt?.versionId }
  return isInline
    ? { ...object, disposition, contentType: shownType }
    : { ...object, disposition: 'attachment', contentType }
}
