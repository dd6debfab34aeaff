import type { SignedMultipart, SignedPart } from '../../../protocol/operations.js'
import { objectUrl } from '../../../s3/endpoint.js'
import { planParts } from '../../../s3/part-plan.js'
import { hmacSha256 } from '../../../sigv4/crypto.js'
import { tokenFactsOf } from '../../config/operation-context.js'
import type { MultipartConfig } from '../../config/provider-config.js'
import { nameObject } from '../../objects/name-object.js'
import { keyComponentBytes } from '../../objects/object-key-naming.js'
import type { ObjectToAssemble } from '../../storage/storage-client.js'
import { signingKeyOf, type TokenKey } from '../../tokens/token.js'
import { signUploadToken } from '../../tokens/upload-token.js'
import { beginMultipart, type ObjectsToFind } from './begin-multipart.js'
import type { CheckedFile } from './check-files.js'
import { checksumMissing } from './checksum-missing.js'
import { keyOriginOf } from './key-origin.js'
import { storageOf } from './object-storage.js'
import { signPart, type UploadInParts } from './sign-part.js'
import type { SignUploadsContext } from './signing-scope.js'

/** The number of parts that are signed with the upload, so that the first bytes need not wait for another answer. */
const firstPartCount = 16

/** Begins a multipart upload, or finds the one that an earlier, lost answer was about. */
export async function signMultipart(
  checked: CheckedFile,
  limits: MultipartConfig,
  context: SignUploadsContext,
): Promise<SignedMultipart> {
  const { id, name, size, contentType, relativePath, metadata } = checked.file
  const { object, s3UploadId } = await beginMultipart(await objectsFor(checked, context), context)
  const { key, checksumAlgorithm } = object
  const askedPartSizeBytes = checked.description.partSizeBytes
  const { partSizeBytes, partCount } = planParts(size, { ...limits, askedPartSizeBytes })
  const upload = { key, size, s3UploadId, partSizeBytes, checksumAlgorithm }
  const described = { id, contentType, name, relativePath, metadata, method: 'MULTIPART' } as const
  const token = signUploadToken({ ...upload, ...described }, tokenFactsOf(context))
  // Without its checksum, a part of such an upload cannot be signed yet.
  const parts = checksumAlgorithm ? undefined : signFirstParts(upload, partCount, context)
  const { expiresInSeconds } = context.scopes.part
  const plan = { partSizeBytes, partCount, parts, checksumAlgorithm }
  const url = objectUrl(context.config.publicLocation, key).href
  return { id, method: 'MULTIPART', url, key, token, ...plan, expiresInSeconds }
}

/**
 * What the file will be in the bucket, the same whenever it is signed again; and what it may be there already, when an
 * earlier answer was lost and the secret has been replaced since.
 */
async function objectsFor(
  { file, description }: CheckedFile,
  context: SignUploadsContext,
): Promise<ObjectsToFind> {
  const { contentType } = file
  const { checksums, requireChecksum } = context.config
  const checksumAlgorithm = checksums ? description.checksumAlgorithm : undefined
  if (requireChecksum && checksumAlgorithm === undefined) throw checksumMissing('checksumAlgorithm')
  const facts = [file.id, file.size, contentType, checksumAlgorithm ?? ''] as const
  const storage = await storageOf(file, context)
  const objectUnder = async (tokenKey: TokenKey): Promise<ObjectToAssemble> => {
    const component = repeatableComponent(facts, tokenKey, context)
    const key = await nameObject(file, keyOriginOf(component, tokenKey, context))
    return { key, contentType, storage, checksumAlgorithm }
  }
  const [, ...olderKeys] = context.config.tokenKeys()
  const mayBeOpen = context.attempt > 1 || context.openUploads !== undefined
  return [
    await objectUnder(signingKeyOf(context.config.tokenKeys())),
    ...(await Promise.all(mayBeOpen ? olderKeys.map(objectUnder) : [])),
  ]
}

/**
 * Makes the part of a key that cannot be guessed, the same one whenever the same file is signed again.
 *
 * The label sets it apart from the signatures of tokens, which the same secret makes.
 */
function repeatableComponent(
  facts: readonly (string | number)[],
  { hmacKey }: TokenKey,
  { caller, config }: SignUploadsContext,
): Uint8Array {
  const message = JSON.stringify([caller.owner, config.name, ...facts])
  const mac = hmacSha256(hmacKey, `s3-direct-upload object key\n${message}`)
  return mac.slice(0, keyComponentBytes)
}

function signFirstParts(
  upload: UploadInParts,
  partCount: number,
  { scopes }: SignUploadsContext,
): SignedPart[] {
  const length = Math.min(partCount, firstPartCount)
  return Array.from({ length }, (_, index) =>
    signPart(upload, { partNumber: index + 1 }, scopes.part),
  )
}
