import * as v from 'valibot'
import { byteCount } from '../../protocol/fields.js'
import { isObject } from '../../protocol/is-object.js'
import { toDate } from '../../s3/date-text.js'
import type { JsonObject } from '../contract/json.js'
import { packageRefusal, type SigningError } from '../errors/signing-error.js'
import { signToken, type TokenKey, verifyToken } from './token.js'

/** What tokens and receipts say alike: whose upload it is, and what it is. */
export const commonClaims = {
  handler: v.string(),
  bucket: v.string(),
  owner: v.string(),
  id: v.string(),
  key: v.string(),
  size: byteCount,
  contentType: v.string(),
  name: v.string(),
  relativePath: v.optional(v.string()),
  metadata: v.custom<JsonObject>(isObject),
}

const singleClaimsSchema = v.object({
  ...commonClaims,
  method: v.picklist(['POST', 'PUT']),
  /** SHA-256 of the bytes, base64, where the signature binds it. */
  checksum: v.optional(v.string()),
})

const multipartClaimsSchema = v.object({
  ...commonClaims,
  method: v.literal('MULTIPART'),
  /** What S3 calls the upload. */
  s3UploadId: v.string(),
  partSizeBytes: v.pipe(byteCount, v.minValue(1)),
  /** Given when every part comes with its checksum. */
  checksumAlgorithm: v.optional(v.literal('SHA256')),
})

const uploadClaimsSchema = v.variant('method', [singleClaimsSchema, multipartClaimsSchema])

/** What was signed for an upload in one request. */
type SingleClaims = v.InferOutput<typeof singleClaimsSchema>

/** What was signed for a multipart upload. */
export type MultipartClaims = v.InferOutput<typeof multipartClaimsSchema>

/** What was signed for one upload; later operations act on this alone. */
export type UploadClaims = SingleClaims | MultipartClaims

/** Whose tokens are signed and verified, with what and when. */
export interface TokenFacts {
  /** The first one signs, all of them verify. */
  readonly keys: readonly TokenKey[]
  /** The name of the signing handler. */
  readonly handler: string
  readonly bucket: string
  /** What every key of the handler starts with; empty, or ending in `/`. */
  readonly prefix: string
  readonly owner: string
  readonly now: Date
  readonly lifetimes: TokenLifetimes
}

/** How long tokens and receipts can be used. */
export interface TokenLifetimes {
  readonly tokenLifetimeSeconds: number
  readonly multipartTokenLifetimeSeconds: number
  readonly receiptLifetimeSeconds: number
}

type Whose = 'handler' | 'bucket' | 'owner'

/** With no key left out, so that whoever signs an upload forgets none of its facts. */
type EveryKey<T> = { [Key in keyof Required<T>]: T[Key] }

/** What one upload is, apart from whose it is. */
type UploadToSign = EveryKey<Omit<SingleClaims, Whose>> | EveryKey<Omit<MultipartClaims, Whose>>

/** The claims of a good token; or why it is refused, with the upload's id where the token is genuine. */
type VerifiedUpload =
  | { readonly claims: UploadClaims; readonly error?: undefined }
  | { readonly id?: string; readonly error: SigningError }

/** Writes the token that lets the same caller complete or abort an upload. */
export function signUploadToken(
  upload: UploadToSign,
  { keys, handler, bucket, owner, now, lifetimes }: TokenFacts,
): string {
  const claims: UploadClaims = { ...upload, handler, bucket, owner }
  const lifetimeSeconds =
    upload.method === 'MULTIPART'
      ? lifetimes.multipartTokenLifetimeSeconds
      : lifetimes.tokenLifetimeSeconds
  const expiresAt = toDate(now.getTime() + lifetimeSeconds * 1000)
  return signToken({ kind: 'upload', claims, expiresAt }, keys)
}

/** Checks that a token is genuine, this handler's, this caller's, and not too old. */
export function verifyUploadToken(
  token: string,
  { keys, handler, bucket, prefix, owner, now }: TokenFacts,
): VerifiedUpload {
  const verified = verifyToken(token, { kind: 'upload', schema: uploadClaimsSchema, keys, now })
  if (verified.state === 'malformed' || verified.state === 'wrong-signature') return invalidToken()
  const { claims } = verified
  const isOurs =
    claims.handler === handler &&
    claims.bucket === bucket &&
    // Handlers may share a name; what lies elsewhere is not for this one to complete or to delete.
    claims.key.startsWith(prefix) &&
    claims.owner === owner
  if (!isOurs) return invalidToken()
  if (verified.state === 'valid') return { claims }
  const error = packageRefusal(
    'expired-token',
    'the token of the upload is too old. Start the upload again, or raise tokenLifetimeSeconds.',
  )
  return { id: claims.id, error }
}

/**
 * Checks the token of a request that is about one multipart upload.
 *
 * @throws SigningError `invalid-token`, `expired-token`, or `invalid-request` when the upload has no parts.
 */
export function requireMultipartToken(token: string, facts: TokenFacts): MultipartClaims {
  const verified = verifyUploadToken(token, facts)
  if (verified.error) throw verified.error
  if (verified.claims.method === 'MULTIPART') return verified.claims
  throw packageRefusal(
    'invalid-request',
    'token: is of an upload in one request, without parts. Pass that of a multipart upload.',
  )
}

/** Names an upload: every token of it names the same. */
export function uploadName(claims: UploadClaims): string {
  return JSON.stringify([claims.key, claims.method === 'MULTIPART' && claims.s3UploadId])
}

/** The answer is the same for every reason: trying tokens out reveals nothing. */
function invalidToken(): VerifiedUpload {
  const message =
    'the token is malformed, altered, or was made for another handler, bucket or owner. Start the upload again.'
  return { error: packageRefusal('invalid-token', message) }
}
