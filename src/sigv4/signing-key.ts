import { type HmacKey, hmacSha256, importHmacKey } from './crypto.js'
import { amzDate } from './signing-time.js'

/** What a signing key is derived from. */
export interface SigningKeyInput {
  readonly secretAccessKey: string
  /** Only the UTC day counts. */
  readonly date: Date
  readonly region: string
  /** @default 's3' */
  readonly service?: string
}

interface DerivedKey {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly imported: HmacKey
}

/** One app signs with very few keys; the bound only stops a process that sees many tenants. */
const maxCachedKeys = 64
const derivedKeys = new Map<string, DerivedKey>()

/** Names what a signature is good for: `20151229/us-east-1/s3/aws4_request`. */
export function credentialScope(date: Date, region: string, service = 's3'): string {
  return `${amzDate(date).slice(0, 8)}/${region}/${service}/aws4_request`
}

/**
 * Derives the key that signs for one day, region and service; repeated calls are answered from a cache.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#calculate-signature
 */
export function signingKey(input: SigningKeyInput): Uint8Array<ArrayBuffer> {
  return derivedKey(input).bytes
}

/** Like {@link signingKey}, already imported for signing. */
export function importedSigningKey(input: SigningKeyInput): HmacKey {
  return derivedKey(input).imported
}

function derivedKey(input: SigningKeyInput): DerivedKey {
  const cacheKey = `${input.secretAccessKey}\n${credentialScope(input.date, input.region, input.service)}`
  const cached = derivedKeys.get(cacheKey)
  if (cached) return cached

  const bytes = deriveKey(input)
  const derived = { bytes, imported: importHmacKey(bytes) }
  dropOldestKeys()
  derivedKeys.set(cacheKey, derived)
  return derived
}

function deriveKey({ secretAccessKey, date, region, service = 's3' }: SigningKeyInput) {
  const dateKey = hmacSha256(`AWS4${secretAccessKey}`, amzDate(date).slice(0, 8))
  const dateRegionKey = hmacSha256(dateKey, region)
  const dateRegionServiceKey = hmacSha256(dateRegionKey, service)
  return hmacSha256(dateRegionServiceKey, 'aws4_request')
}

function dropOldestKeys(): void {
  for (const oldest of derivedKeys.keys()) {
    if (derivedKeys.size < maxCachedKeys) return
    derivedKeys.delete(oldest)
  }
}
