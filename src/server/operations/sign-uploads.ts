import { mapConcurrently } from '../../async/map-concurrently.js'
import type {
  Received,
  Refused,
  SignedUpload,
  SignUploadsRequest,
  SignUploadsResponse,
} from '../../protocol/operations.js'
import { minPartBytes } from '../../s3/limits.js'
import { type OperationContext, watchFactsOf } from '../config/operation-context.js'
import { decideByApp, unlessRefused } from '../errors/app-refusal.js'
import { toProtocolError, toSigningError } from '../errors/signing-error.js'
import { watchFile } from '../events/watch-file.js'
import { drawKeyComponents } from '../objects/object-key-naming.js'
import {
  countOpenUploads,
  type OpenUploadLimit,
  withOpenUploads,
} from '../rules/open-upload-limit.js'
import { requireQuota } from '../rules/quota.js'
import { requestFactsOf } from '../rules/request-facts.js'
import { rulesFor } from '../rules/resolve-rules.js'
import { countViolation } from '../rules/upload-rules.js'
import { createStorageClient } from '../storage/storage-client.js'
import type { CheckedFile } from './signing/check-files.js'
import { checkFiles } from './signing/check-files.js'
import { signMultipart } from './signing/sign-multipart.js'
import { signSingle } from './signing/sign-single.js'
import type { SignUploadsContext } from './signing/signing-scope.js'
import { openSigningScopes } from './signing/signing-scope.js'

/** Each multipart upload takes two or three requests to S3. */
const maxConcurrentFiles = 16

/** Signs up to a hundred uploads; a file that is malformed or that the rules refuse does not stop the others. */
export async function signUploads(
  { files, attempt }: Received<SignUploadsRequest>,
  context: OperationContext,
): Promise<SignUploadsResponse> {
  const wanted = files.flatMap((file) => ('error' in file ? [] : [file]))
  const rules = await rulesFor(requestFactsOf(wanted), context)
  const refusal = countViolation(files.length, rules)
  if (refusal !== undefined) throw refusal
  const checked = await checkFiles(files, rules, context)
  const scopes = await openSigningScopes(context)
  const s3 = createStorageClient({ ...context.config, credentials: scopes.single.credentials })
  const nextKeyComponent = drawKeyComponents(files.length, context.config.randomBytes)
  const signing = { ...context, scopes, s3, attempt, nextKeyComponent }
  const sign = () => signChecked(checked, signing)
  const isLimited = context.config.maxOpenUploads !== undefined && isAnyInParts(checked, signing)
  return { files: await (isLimited ? withOpenUploads(context, sign) : sign()) }
}

async function signChecked(
  checked: readonly (CheckedFile | Refused)[],
  context: Omit<SignUploadsContext, 'openUploads'>,
): Promise<(SignedUpload | Refused)[]> {
  const openUploads = await askQuota(checked, context)
  const watched = watchFactsOf(context)
  return mapConcurrently(checked, {
    limit: maxConcurrentFiles,
    map: (file) =>
      watchFile('sign-uploads', watched, () =>
        'error' in file ? file : signUpload(file, { ...context, openUploads }),
      ),
  })
}

/** Counts what the owner has open, where that is limited, and asks the app whether there is room for these files. */
async function askQuota(
  checked: readonly (CheckedFile | Refused)[],
  context: Omit<SignUploadsContext, 'openUploads'>,
): Promise<OpenUploadLimit | undefined> {
  const { caller, config, attempt } = context
  const { quota, maxOpenUploads } = config
  const accepted = checked.flatMap((entry) => ('error' in entry ? [] : [entry]))
  const files = accepted.map(({ file }) => file)
  if (files.length === 0) return undefined
  const isCounted = quota !== undefined || isAnyInParts(checked, context)
  const limit =
    maxOpenUploads !== undefined && isCounted
      ? await countOpenUploads(maxOpenUploads, context)
      : undefined
  const openUploads = limit?.openUploads
  const request = { ...requestFactsOf(files), caller, attempt, openUploads }
  requireQuota(unlessRefused(await decideByApp(() => quota?.(request))))
  return limit
}

async function signUpload(
  checked: CheckedFile,
  context: SignUploadsContext,
): Promise<SignedUpload | Refused> {
  const { multipart, onError } = context.config
  try {
    return await (multipart !== undefined && goesInParts(checked, context)
      ? signMultipart(checked, multipart, context)
      : signSingle(checked, context))
  } catch (thrown) {
    return { id: checked.file.id, error: toProtocolError(toSigningError(thrown, onError)) }
  }
}

function isAnyInParts(
  checked: readonly (CheckedFile | Refused)[],
  context: Pick<SignUploadsContext, 'config' | 'attempt'>,
): boolean {
  return checked.some((entry) => !('error' in entry) && goesInParts(entry, context))
}

/** Whether the file is large enough, or the page wishes for parts and may: a request that broke is a reason by itself. */
function goesInParts(
  { file: { size }, description: { inParts } }: CheckedFile,
  { config, attempt }: Pick<SignUploadsContext, 'config' | 'attempt'>,
): boolean {
  const { multipart } = config
  if (multipart === undefined) return false
  const { thresholdBytes, wishThresholdBytes } = multipart
  const wishedFrom = attempt > 1 ? minPartBytes : wishThresholdBytes
  return size >= thresholdBytes || (inParts === true && size >= wishedFrom)
}
