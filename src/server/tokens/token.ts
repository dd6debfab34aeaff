import * as v from 'valibot'
import { maxTokenLength } from '../../protocol/fields.js'
import { toDate } from '../../s3/date-text.js'
import { type HmacKey, hmacSha256, importHmacKey, timingSafeEqual } from '../../sigv4/crypto.js'
import { fromBase64Url, toBase64Url } from './base64url.js'

/** What a token is good for; one of a kind is never taken for another. */
export type TokenKind = 'upload' | 'receipt'

/** One secret, ready to sign and verify. */
export interface TokenKey {
  /** Named in the token, so that older secrets still verify while a new one signs. */
  readonly id: string
  readonly hmacKey: HmacKey
}

/** What a signed token says. */
interface TokenToSign {
  readonly kind: TokenKind
  readonly claims: Readonly<Record<string, unknown>>
  readonly expiresAt: Date
}

/** What to expect of a token. */
interface TokenExpectation<Claims> {
  readonly kind: TokenKind
  readonly schema: v.GenericSchema<unknown, Claims>
  readonly keys: readonly TokenKey[]
  readonly now: Date
}

/** What is known of a token after its signature was checked. */
type VerifiedToken<Claims> =
  | { readonly state: 'valid' | 'expired'; readonly claims: Claims; readonly expiresAt: Date }
  | { readonly state: 'malformed' }
  | { readonly state: 'wrong-signature' }

/** The fewest characters of a secret: 32 random characters cannot be guessed. */
export const minSecretLength = 32

const tokenShape = /^v1\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/
const keyIdSchema = v.object({ kid: v.string() })
const envelopeSchema = v.object({ kind: v.string(), exp: v.number() })

/** Prepares secrets; the first one signs, all of them verify. One that is listed twice counts once. */
export function importTokenKeys(secrets: readonly string[]): readonly TokenKey[] {
  return [...new Set(secrets)].map(importTokenKey)
}

/** The secret that signs. */
export function signingKeyOf([key]: readonly TokenKey[]): TokenKey {
  if (key === undefined) throw new TypeError('s3-direct-upload: there is no secret to sign with.')
  return key
}

/** Writes `v1.<claims>.<HMAC-SHA-256>`, both in base64url. */
export function signToken(
  { kind, claims, expiresAt }: TokenToSign,
  keys: readonly TokenKey[],
): string {
  const key = signingKeyOf(keys)
  const exp = Math.floor(expiresAt.getTime() / 1000)
  const payload = toBase64Url(JSON.stringify({ ...claims, kind, kid: key.id, exp }))
  return `v1.${payload}.${signatureOf(payload, key)}`
}

/** Checks the signature first, then what the token says; never throws on a bad token. */
export function verifyToken<Claims>(
  token: string,
  { kind, schema, keys, now }: TokenExpectation<Claims>,
): VerifiedToken<Claims> {
  const [, payload, signature] = token.length > maxTokenLength ? [] : (tokenShape.exec(token) ?? [])
  if (payload === undefined || signature === undefined) return { state: 'malformed' }
  const content = readPayload(payload)
  const named = v.safeParse(keyIdSchema, content)
  const key = named.success ? keys.find(({ id }) => id === named.output.kid) : undefined
  if (key === undefined || !timingSafeEqual(signatureOf(payload, key), signature)) {
    return { state: 'wrong-signature' }
  }
  const envelope = v.safeParse(envelopeSchema, content)
  const claims = v.safeParse(schema, content)
  if (!envelope.success || !claims.success || envelope.output.kind !== kind) {
    return { state: 'malformed' }
  }
  const expiresAt = toDate(envelope.output.exp * 1000)
  return { state: now < expiresAt ? 'valid' : 'expired', claims: claims.output, expiresAt }
}

function importTokenKey(secret: string): TokenKey {
  const hmacKey = importHmacKey(secret)
  const id = toBase64Url(hmacSha256(hmacKey, 's3-direct-upload key id')).slice(0, 8)
  return { id, hmacKey }
}

function signatureOf(payload: string, { hmacKey }: TokenKey): string {
  return toBase64Url(hmacSha256(hmacKey, `v1.${payload}`))
}

function readPayload(payload: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(fromBase64Url(payload)))
  } catch {
    return undefined
  }
}
