import type {
  FileDescription,
  Received,
  Refused,
  SignedUpload,
  SignUploadsRequest,
  SignUploadsResponse,
} from '../../protocol/operations.js'
import { attachmentDisposition } from '../content-disposition.js'
import { canRunScript, contentTypeOf } from '../media-type.js'
import { makeObjectKey } from '../object-key-naming.js'
import type { OperationContext } from '../operation-context.js'
import { SigningError, toProtocolError } from '../signing-error.js'
import { countRefusalOf, refusalOf } from '../upload-rules.js'
import { signUploadToken } from '../upload-token.js'
import type { ObjectToSign } from './object-to-sign.js'
import { signPost } from './sign-post.js'
import { signPut } from './sign-put.js'
import { openSigningScope, type SigningScope } from './signing-scope.js'

/** The most bytes of JSON that a page may say about a file, so that tokens stay short. */
const maxDescriptionBytes = 2048

/** Signs up to a hundred uploads; a file that is malformed or that the rules refuse does not stop the others. */
export async function signUploads(
  { files }: Received<SignUploadsRequest>,
  context: OperationContext,
): Promise<SignUploadsResponse> {
  const refusal = countRefusalOf(files.length, context.config.rules)
  if (refusal !== undefined) throw refusal
  const scope = await openSigningScope(context)
  const sign = (file: FileDescription | Refused) =>
    'error' in file ? file : signUpload(file, { context, scope })
  return { files: await Promise.all(files.map(sign)) }
}

async function signUpload(
  file: FileDescription,
  { context, scope }: { readonly context: OperationContext; readonly scope: SigningScope },
): Promise<SignedUpload | Refused> {
  const { id, name, size, relativePath, metadata = {}, checksum } = file
  const { config } = context
  const refusal = descriptionRefusalOf(file) ?? refusalOf(file, config.rules)
  if (refusal !== undefined) return { id, error: toProtocolError(refusal) }
  const contentType = contentTypeOf(file.type)
  const object: ObjectToSign = {
    key: makeObjectKey({ prefix: config.prefix, fileName: name, randomBytes: config.randomBytes }),
    size,
    contentType,
    contentDisposition: canRunScript(contentType) ? attachmentDisposition(name) : undefined,
    checksum,
    overwrite: config.overwrite,
  }
  const { key } = object
  const { method } = config
  const upload = { id, key, method, size, contentType, name, relativePath, metadata, checksum }
  const [signed, token] = await Promise.all([
    method === 'POST' ? signPost(object, scope) : signPut(object, scope),
    signUploadToken(upload, context),
  ])
  return { id, ...signed, key, token, expiresInSeconds: scope.expiresInSeconds }
}

function descriptionRefusalOf({ name, relativePath, metadata }: FileDescription) {
  const description = JSON.stringify([name, relativePath, metadata])
  if (new TextEncoder().encode(description).length <= maxDescriptionBytes) return undefined
  const message = `name, relativePath and metadata: are longer than ${maxDescriptionBytes} bytes together.`
  return new SigningError('invalid-request', message)
}
