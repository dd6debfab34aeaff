import { parseDate } from '../../../s3/date-text.js'
import type { ListedMultipart } from '../../../s3-client/list-multipart-uploads.js'
import { pauseMsAfter } from '../../../s3-client/send.js'
import { isSigningError, packageRefusal, type SigningError } from '../../errors/signing-error.js'
import { findObject } from '../../storage/find-object.js'
import { findMultiparts } from '../../storage/multiparts.js'
import type { ObjectToAssemble } from '../../storage/storage-client.js'
import { requireWaitingPage } from './abandoned-request.js'
import type { SignUploadsContext } from './signing-scope.js'

const maxAttempts = 3

/** A file's object as it will be, and as it may be under older secrets. */
export type ObjectsToFind = readonly [ObjectToAssemble, ...ObjectToAssemble[]]

/** An upload that is open, and under which key. */
interface OpenMultipart {
  readonly object: ObjectToAssemble
  /** What S3 calls it. */
  readonly s3UploadId: string
}

/**
 * Returns the upload of a file: one that is open already, when an earlier answer was lost, or a new one.
 * Where their number is limited, one that is open is taken up in any case: only one of a key has been counted.
 *
 * A new upload is not aborted when the rest fails: a page that has asked again may be sending its parts.
 *
 * @throws SigningError `quota-exceeded` when no more may be open, `upload-exists` when the object stands there already, or why S3 cannot begin.
 */
export async function beginMultipart(
  objects: ObjectsToFind,
  context: SignUploadsContext,
): Promise<OpenMultipart> {
  requireWaitingPage(context)
  const [object, ...older] = objects
  const place = context.openUploads?.takePlace([object.key, ...older.map(({ key }) => key)])
  if (context.attempt > 1 || place === 'open') return findOrBegin(objects, context)
  return { object, s3UploadId: await beginAtOnce(object, context) }
}

/** Says that the file was uploaded and put together before. */
export function uploadExists(): SigningError {
  return packageRefusal('upload-exists', 'this upload was completed before. Start a new one.')
}

async function findOrBegin(
  objects: ObjectsToFind,
  context: SignUploadsContext,
): Promise<OpenMultipart> {
  const found = await Promise.all(
    objects.map(async (object) => ({ object, s3UploadId: await findOpen(object.key, context) })),
  )
  for (const { object, s3UploadId } of found) {
    if (s3UploadId !== undefined) return { object, s3UploadId }
  }
  const [object] = objects
  requireWaitingPage(context)
  const s3UploadId = await context.s3
    .createMultipartUpload(object)
    .catch((error: unknown) => beginAgain(object, error, context))
  return { object, s3UploadId }
}

/** The newest upload that is open under a key, if no object stands there. */
async function findOpen(key: string, context: SignUploadsContext): Promise<string | undefined> {
  const [stored, open] = await Promise.all([
    findObject(key, context.s3),
    findNewestUpload(key, context),
  ])
  if (stored) throw uploadExists()
  return open
}

/** Begins while it looks whether the object stands there, since hardly ever one does. */
async function beginAtOnce(object: ObjectToAssemble, context: SignUploadsContext): Promise<string> {
  const { key } = object
  const { s3, config } = context
  const [looked, created] = await Promise.allSettled([
    findObject(key, s3),
    s3.createMultipartUpload(object),
  ])
  if (looked.status === 'rejected') throw looked.reason
  if (looked.value === undefined) {
    return created.status === 'fulfilled'
      ? created.value
      : beginAgain(object, created.reason, context)
  }
  if (created.status === 'fulfilled') {
    await s3.abortMultipartUpload({ key, s3UploadId: created.value }).catch(config.onError)
  }
  throw uploadExists()
}

/**
 * Tries again after transient failures. S3 may have created an upload whose answer was lost: that one is taken then; and the
 * page may have asked again and completed the file meanwhile.
 */
async function beginAgain(
  object: ObjectToAssemble,
  reason: unknown,
  context: SignUploadsContext,
): Promise<string> {
  const { s3, config } = context
  let failure = reason
  for (let attempt = 1; attempt < maxAttempts; attempt += 1) {
    if (!isSigningError(failure) || failure.code !== 'storage-error') break
    await config.runtime.sleep(pauseMsAfter(attempt, config.runtime))
    const open = await findOpen(object.key, context)
    if (open !== undefined) return open
    requireWaitingPage(context)
    try {
      return await s3.createMultipartUpload(object)
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

async function findNewestUpload(
  key: string,
  context: SignUploadsContext,
): Promise<string | undefined> {
  const { s3, config } = context
  const { reportUnlistable } = config
  const uploads = await findMultiparts(key, { s3, reportUnlistable })
  const [newest] = [...uploads].sort((a, b) => timeOf(b) - timeOf(a))
  return newest?.s3UploadId
}

function timeOf({ initiated }: ListedMultipart): number {
  return parseDate(initiated) ?? 0
}
