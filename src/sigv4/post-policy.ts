import { requireCredentials } from './credentials.js'
import { type HmacKey, hmacSha256, toBase64, toHex } from './crypto.js'
import { requireExpiry, type SigningContext } from './signing-context.js'
import { credentialScope, importedSigningKey } from './signing-key.js'
import { amzDate } from './signing-time.js'

/** What one form post may store, and for how long it may be sent. */
export interface PostPolicy {
  readonly bucket: string
  /** The exact key of the object. */
  readonly key: string
  /** Further form fields, such as `Content-Type`; each must be sent with exactly this value. */
  readonly fields?: Readonly<Record<string, string>>
  /** Smallest and largest size of the file in bytes, both included. */
  readonly contentLengthRange: readonly [minBytes: number, maxBytes: number]
  /** How long the form may be sent, 1 to 604,800 (seven days); temporary credentials can end it earlier. */
  readonly expiresInSeconds: number
}

/** Made here, or not allowed next to a file in a form. */
const ownFields = new Set([
  'bucket',
  'file',
  'key',
  'policy',
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-signature',
])

/**
 * Makes the form fields that let a browser post one file into a bucket; they go before `file`, in this order.
 *
 * Every field has an exact condition in the policy, so that nothing in the form can be changed or added.
 *
 * @example
 * const fields = signPostPolicy(
 *   { bucket, key, fields: { 'Content-Type': 'image/png' }, contentLengthRange: [1, 5e6], expiresInSeconds: 600 },
 *   { credentials, region: 'eu-west-1' },
 * )
 * @throws RangeError when the expiry or the size range is one that S3 refuses.
 * @throws TypeError when a field or the key cannot be bound by the policy, or the credentials are unusable.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-HTTPPOSTConstructPolicy.html
 */
export function signPostPolicy(
  policy: PostPolicy,
  { credentials, region, service, now: date = new Date() }: SigningContext,
): Record<string, string> {
  requireSignable(policy)
  const { accessKeyId, secretAccessKey, sessionToken } = requireCredentials(credentials)
  const fields: Record<string, string> = {
    key: policy.key,
    ...policy.fields,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${accessKeyId}/${credentialScope(date, region, service)}`,
    'x-amz-date': amzDate(date),
    ...(sessionToken && { 'x-amz-security-token': sessionToken }),
  }
  const base64Policy = toBase64(policyText(policy, fields, date))
  const key = importedSigningKey({ secretAccessKey, date, region, service })
  fields.policy = base64Policy
  fields['x-amz-signature'] = signPolicyText(base64Policy, key)
  return fields
}

/**
 * Signs a policy that is already in base64; that text itself is the string to sign.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-authentication-HTTPPOST.html
 */
export function signPolicyText(base64Policy: string, signingKey: Uint8Array | HmacKey): string {
  return toHex(hmacSha256(signingKey, base64Policy))
}

function policyText(policy: PostPolicy, fields: Record<string, string>, date: Date): string {
  const conditions: unknown[] = [
    { bucket: policy.bucket },
    ['content-length-range', ...policy.contentLengthRange],
  ]
  for (const [name, value] of Object.entries(fields)) conditions.push({ [name]: value })
  const expiration = new Date(date.getTime() + policy.expiresInSeconds * 1000).toISOString()
  return JSON.stringify({ expiration, conditions })
}

function requireSignable({ key, fields = {}, contentLengthRange, expiresInSeconds }: PostPolicy) {
  requireExpiry(expiresInSeconds)
  const [minBytes, maxBytes] = contentLengthRange
  if (!Number.isSafeInteger(minBytes) || !Number.isSafeInteger(maxBytes)) {
    throw new RangeError(
      `s3-direct-upload: contentLengthRange is [${minBytes}, ${maxBytes}]; both must be whole numbers of bytes.`,
    )
  }
  if (minBytes < 0 || minBytes > maxBytes) {
    throw new RangeError(
      `s3-direct-upload: contentLengthRange is [${minBytes}, ${maxBytes}]; it must run upwards from 0 or more.`,
    )
  }
  // S3 puts the visitor's own file name there, which would let the visitor choose the key.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the literal text that S3 replaces.
  if (key.includes('${filename}')) {
    throw new TypeError(`s3-direct-upload: the key "${key}" lets the sender choose part of it.`)
  }
  for (const [name, value] of Object.entries(fields)) {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the literal text that S3 replaces.
    if (value.includes('${filename}')) {
      throw new TypeError(
        `s3-direct-upload: the form field "${name}" lets the sender choose part of it.`,
      )
    }
    if (ownFields.has(name.toLowerCase())) {
      throw new TypeError(`s3-direct-upload: the form field "${name}" is set by the signer itself.`)
    }
  }
}
