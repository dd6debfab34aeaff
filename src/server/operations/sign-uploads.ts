import type {
  FileDescription,
  Received,
  Refused,
  SignedUpload,
  SignUploadsRequest,
  SignUploadsResponse,
} from '../../protocol/operations.js'
import { mapConcurrently } from '../map-concurrently.js'
import { drawKeyComponents } from '../object-key-naming.js'
import type { OperationContext } from '../operation-context.js'
import { createS3Client } from '../s3-client/s3-client.js'
import { SigningError, toProtocolError, toSigningError } from '../signing-error.js'
import { countRefusalOf, refusalOf } from '../upload-rules.js'
import { signMultipart } from './sign-multipart.js'
import { signSingle } from './sign-single.js'
import type { SigningContext } from './signing-context.js'
import { openSigningScopes } from './signing-scope.js'

/** The most bytes of JSON that a page may say about a file, so that tokens stay short. */
const maxDescriptionBytes = 2048

const encoder = new TextEncoder()

/** Each multipart upload takes two or three requests to S3. */
const maxConcurrentFiles = 16

/** Signs up to a hundred uploads; a file that is malformed or that the rules refuse does not stop the others. */
export async function signUploads(
  { files, attempt }: Received<SignUploadsRequest>,
  context: OperationContext,
): Promise<SignUploadsResponse> {
  const { config } = context
  const refusal = countRefusalOf(files.length, config.rules)
  if (refusal !== undefined) throw refusal
  const scopes = await openSigningScopes(context)
  const s3 = createS3Client({ ...config, credentials: scopes.single.credentials })
  const nextKeyComponent = drawKeyComponents(files.length, config.randomBytes)
  const signing: SigningContext = { ...context, scopes, s3, attempt, nextKeyComponent }
  return {
    files: await mapConcurrently(files, {
      limit: maxConcurrentFiles,
      map: async (file) => ('error' in file ? file : signUpload(file, signing)),
    }),
  }
}

async function signUpload(
  file: FileDescription,
  context: SigningContext,
): Promise<SignedUpload | Refused> {
  const { id, size } = file
  const { rules, multipart, onError } = context.config
  const refusal = descriptionRefusalOf(file) ?? refusalOf(file, rules)
  if (refusal !== undefined) return { id, error: toProtocolError(refusal) }
  try {
    const isLarge = multipart !== undefined && size >= multipart.thresholdBytes
    return await (isLarge ? signMultipart(file, multipart, context) : signSingle(file, context))
  } catch (thrown) {
    return { id, error: toProtocolError(toSigningError(thrown, onError)) }
  }
}

function descriptionRefusalOf({ name, relativePath, metadata }: FileDescription) {
  const description = JSON.stringify([name, relativePath, metadata])
  if (encoder.encode(description).length <= maxDescriptionBytes) return undefined
  const message = `name, relativePath and metadata: are longer than ${maxDescriptionBytes} bytes together.`
  return new SigningError('invalid-request', message)
}
