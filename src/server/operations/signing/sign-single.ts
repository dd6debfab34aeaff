import type { SignedUpload } from '../../../protocol/operations.js'
import { tokenFactsOf } from '../../config/operation-context.js'
import type { SigningConfig } from '../../config/signing-config.js'
import { nameObject } from '../../objects/name-object.js'
import { hasTags } from '../../objects/storage-headers.js'
import { signingKeyOf } from '../../tokens/token.js'
import { signUploadToken } from '../../tokens/upload-token.js'
import type { CheckedFile } from './check-files.js'
import { checksumMissing } from './checksum-missing.js'
import { keyOriginOf } from './key-origin.js'
import { storageOf } from './object-storage.js'
import { signPost } from './sign-post.js'
import { signPut } from './sign-put.js'
import type { ObjectToSign, SignUploadsContext } from './signing-scope.js'

/** Signs an upload in one request, under a new key each time. */
export async function signSingle(
  { file, description }: CheckedFile,
  context: SignUploadsContext,
): Promise<SignedUpload> {
  const { id, name, size, contentType, relativePath, metadata } = file
  const { overwrite, checksums, requireChecksum } = context.config
  const checksum = checksums ? description.checksum : undefined
  if (requireChecksum && checksum === undefined) throw checksumMissing('checksum')
  const tokenKey = signingKeyOf(context.config.tokenKeys())
  const [key, storage] = await Promise.all([
    nameObject(file, keyOriginOf(context.nextKeyComponent(), tokenKey, context)),
    storageOf(file, context),
  ])
  const method = methodFor({ storage, checksum }, context.config)
  const object: ObjectToSign = { key, size, contentType, storage, checksum, overwrite }
  const upload = { id, key, method, size, contentType, name, relativePath, metadata, checksum }
  const { single: scope } = context.scopes
  const signed = method === 'POST' ? signPost(object, scope) : signPut(object, scope)
  const token = signUploadToken(upload, tokenFactsOf(context))
  return { id, ...signed, key, token, expiresInSeconds: scope.expiresInSeconds }
}

/** What a form would lose, or not hold the page to, goes by PUT. */
function methodFor(
  { storage, checksum }: Pick<ObjectToSign, 'storage' | 'checksum'>,
  { method, keepsPostedDisposition, bindsPostedTags, contentCheck }: SigningConfig,
): 'POST' | 'PUT' {
  const losesDisposition = storage.contentDisposition !== undefined && !keepsPostedDisposition
  const losesTags = hasTags(storage) && !bindsPostedTags
  // The form could be sent again after its bytes were looked at; a PUT stores once.
  const losesCheck = contentCheck !== undefined && checksum === undefined
  return losesDisposition || losesTags || losesCheck ? 'PUT' : method
}
