import type { FileDescription, SignedUpload } from '../../protocol/operations.js'
import { keyComponentBytes, makeObjectKey } from '../object-key-naming.js'
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
  const { prefix, method, overwrite, checksums, randomBytes } = context.config
  const { contentType, contentDisposition } = contentHeadersOf(file)
  const checksum = checksums ? file.checksum : undefined
  const key = makeObjectKey({ prefix, fileName: name, component: randomBytes(keyComponentBytes) })
  const object: ObjectToSign = { key, size, contentType, contentDisposition, checksum, overwrite }
  const upload = { id, key, method, size, contentType, name, relativePath, metadata, checksum }
  const { single: scope } = context.scopes
  const [signed, token] = await Promise.all([
    method === 'POST' ? signPost(object, scope) : signPut(object, scope),
    signUploadToken(upload, context),
  ])
  return { id, ...signed, key, token, expiresInSeconds: scope.expiresInSeconds }
}
