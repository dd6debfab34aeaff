import * as v from 'valibot'
import type { OperationContext } from './operation-context.js'
import { SigningError } from './signing-error.js'
import { signToken, verifyToken } from './token.js'

/** What tokens and receipts say alike: whose upload it is, and what it is. */
export const commonClaims = {
  handler: v.string(),
  bucket: v.string(),
  owner: v.string(),
  id: v.string(),
  key: v.string(),
  size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  contentType: v.string(),
  name: v.string(),
  relativePath: v.optional(v.string()),
  metadata: v.record(v.string(), v.string()),
}

const uploadClaimsSchema = v.object({
  ...commonClaims,
  method: v.picklist(['POST', 'PUT']),
  checksum: v.optional(v.string()),
})

/** What was signed for one upload; later operations act on this alone. */
export type UploadClaims = v.InferOutput<typeof uploadClaimsSchema>

/** What one upload is, apart from whose it is. */
export type UploadToSign = Omit<UploadClaims, 'handler' | 'bucket' | 'owner'>

/** The claims of a good token; or why it is refused, with the upload's id where the token is genuine. */
export type VerifiedUpload =
  | { readonly claims: UploadClaims; readonly error?: undefined }
  | { readonly id?: string; readonly error: SigningError }

/** Writes the token that lets the same caller complete or abort an upload. */
export async function signUploadToken(
  upload: UploadToSign,
  { caller, config, now }: OperationContext,
): Promise<string> {
  const { bucket } = config.location
  const claims: UploadClaims = { ...upload, handler: config.name, bucket, owner: caller.owner }
  const expiresAt = new Date(now.getTime() + config.tokenLifetimeSeconds * 1000)
  return signToken({ kind: 'upload', claims, expiresAt }, await config.tokenKeys())
}

/** Checks that a token is genuine, this handler's, this caller's, and not too old. */
export async function verifyUploadToken(
  token: string,
  { caller, config, now }: OperationContext,
): Promise<VerifiedUpload> {
  const keys = await config.tokenKeys()
  const verified = await verifyToken(token, {
    kind: 'upload',
    schema: uploadClaimsSchema,
    keys,
    now,
  })
  if (verified.state === 'malformed' || verified.state === 'wrong-signature') return invalidToken()
  const { claims } = verified
  const isOurs =
    claims.handler === config.name &&
    claims.bucket === config.location.bucket &&
    claims.owner === caller.owner
  if (!isOurs) return invalidToken()
  if (verified.state === 'valid') return { claims }
  const error = new SigningError('expired-token', 'The upload is too old to go on. Start it again.')
  return { id: claims.id, error }
}

/** One answer for every reason: whoever tries tokens out learns nothing. */
function invalidToken(): VerifiedUpload {
  const message =
    'The token is malformed, altered, or was made for another handler, bucket or owner.'
  return { error: new SigningError('invalid-token', message) }
}
