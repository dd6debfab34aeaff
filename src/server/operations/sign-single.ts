import type { FileDescription, SignedUpload } from '../../protocol/operations.js'
import { makeObjectKey } from '../object-key-naming.js'
import type { SigningConfig } from '../signing-config.js'
import { signUploadToken } from '../upload-token.js'
import { contentHeadersOf } from './content-headers.js'
import type { ObjectToSign } from './object-to-sign.js'
import { signPost } from './sign-post.js'
import { signPut } from './sign-put.js'
import type { SigningContext } from './signing-context.js'

/** Signs an upload in one request, under a new key each time. */
export async function signSingle(
  file: FileDescription,
  context: SigningContext,
): Promise<SignedUpload> {
  const { id, name, size, relativePath, metadata = {} } = file
  const { prefix, overwrite, unclaimed, checksums } = context.config
  const { contentType, contentDisposition } = contentHeadersOf(file)
  const method = methodFor(contentDisposition, context.config)
  const checksum = checksums ? file.checksum : undefined
  const key = makeObjectKey({ prefix, fileName: name, component: context.nextKeyComponent() })
  const content = { size, contentType, contentDisposition, checksum }
  const object: ObjectToSign = { key, ...content, overwrite, unclaimed }
  const upload = { id, key, method, size, contentType, name, relativePath, metadata, checksum }
  const { single: scope } = context.scopes
  const signed = await (method === 'POST' ? signPost(object, scope) : signPut(object, scope))
  const token = signUploadToken(upload, context)
  return { id, ...signed, key, token, expiresInSeconds: scope.expiresInSeconds }
}

/** Where a form would lose it, a file that must be saved and not opened goes by PUT. */
function methodFor(
  contentDisposition: string | undefined,
  { method, keepsPostedDisposition }: SigningConfig,
): 'POST' | 'PUT' {
  return contentDisposition !== undefined && !keepsPostedDisposition ? 'PUT' : method
}
