import * as v from 'valibot'
import { toDate } from '../../s3/date-text.js'
import type { StoredUpload } from '../contract/files.js'
import type { JsonObject } from '../contract/json.js'
import type { Receipt } from '../contract/receipt.js'
import { ReceiptError } from '../errors/receipt-error.js'
import { signToken, type TokenKey, verifyToken } from './token.js'
import { commonClaims, type TokenFacts } from './upload-token.js'

const receiptClaimsSchema = v.object({
  ...commonClaims,
  etag: v.string(),
  versionId: v.optional(v.string()),
  checksum: v.optional(v.string()),
  completedAt: v.pipe(
    v.string(),
    v.isoTimestamp(),
    v.transform((text) => toDate(text)),
  ),
} satisfies Record<keyof Omit<Receipt, 'expiresAt'>, v.GenericSchema>)

/** Writes the proof that an upload was completed. */
export function signReceipt(
  upload: StoredUpload<JsonObject>,
  { keys, handler, now, lifetimes }: Pick<TokenFacts, 'keys' | 'handler' | 'now' | 'lifetimes'>,
): string {
  const claims = { ...upload, handler, completedAt: now.toISOString() }
  const expiresAt = toDate(now.getTime() + lifetimes.receiptLifetimeSeconds * 1000)
  return signToken({ kind: 'receipt', claims, expiresAt }, keys)
}

/** With what a handler reads receipts. */
interface ReceiptReading {
  readonly keys: readonly TokenKey[]
  readonly handler: string
  readonly now: Date
}

/**
 * Reads a receipt with keys that are imported already, of any owner.
 *
 * @throws ReceiptError with `code` when it proves nothing.
 */
export function readReceipt<Metadata extends JsonObject>(
  value: string,
  { keys, handler, now }: ReceiptReading,
): Receipt<Metadata> {
  const expectation = { kind: 'receipt', schema: receiptClaimsSchema, keys, now } as const
  const verified = verifyToken(value, expectation)
  if (verified.state === 'malformed' || verified.state === 'wrong-signature') {
    throw new ReceiptError(verified.state)
  }
  const { claims, state, expiresAt } = verified
  if (claims.handler !== handler) throw new ReceiptError('wrong-handler')
  if (state === 'expired') throw new ReceiptError('expired')
  // The signature shows that the handler wrote it, and the handler writes what its schema returned.
  return { ...claims, metadata: claims.metadata as Metadata, expiresAt }
}
