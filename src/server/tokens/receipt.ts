import * as v from 'valibot'
import {
  openReceiptStorage,
  type ReceiptStorage,
  requireSameObject,
} from '../backend/receipt-object.js'
import type { OperationContext } from '../config/operation-context.js'
import { areSecrets, isObject, isText } from '../config/option-values.js'
import type { JsonObject } from '../contract/json.js'
import { signingDefaults } from '../contract/signing-options.js'
import { ReceiptError } from '../errors/receipt-error.js'
import type { StoredUpload } from '../objects/stored-upload.js'
import { importTokenKeys, minSecretLength, signToken, type TokenKey, verifyToken } from './token.js'
import { commonClaims } from './upload-token.js'

/** What a receipt proves: the server saw this object in the bucket, and this owner had put it there. */
export interface Receipt<Metadata = Readonly<Record<string, string>>>
  extends StoredUpload<Metadata> {
  /** The name of the signing handler. */
  readonly handler: string
  readonly completedAt: Date
  /** When `verifyReceipt` stops accepting it. */
  readonly expiresAt: Date
}

/** What a receipt must agree with. */
export interface ReceiptExpectation {
  /** The `secret` of the signing handler; with several, any of them may have signed. */
  readonly secret: string | readonly string[]
  /** Who is signed in now, as `authorize` names owners. Where nobody is, refuse the request before. */
  readonly owner: string
  /**
   * The `name` of the signing handler.
   *
   * @default 'default'
   */
  readonly handler?: string
  /**
   * The bucket of the signing handler.
   *
   * @default any bucket that the handler has written a receipt for
   */
  readonly bucket?: string
  /**
   * Where the object lies: it is looked at once more, and must be the one that the receipt is about. The options of the
   * signing handler fit.
   *
   * @default the object is not looked at
   */
  readonly s3?: ReceiptStorage
  /**
   * The time.
   *
   * @default the system's clock
   */
  readonly now?: () => Date
}

const receiptClaimsSchema = v.object({
  ...commonClaims,
  etag: v.string(),
  versionId: v.optional(v.string()),
  checksum: v.optional(v.string()),
  completedAt: v.pipe(
    v.string(),
    v.isoTimestamp(),
    v.transform((text) => new Date(text)),
  ),
})

/** Writes the proof that an upload was completed. */
export function signReceipt(
  upload: StoredUpload<JsonObject>,
  { config, now }: Pick<OperationContext, 'config' | 'now'>,
): string {
  const claims = { ...upload, handler: config.name, completedAt: now.toISOString() }
  const expiresAt = new Date(now.getTime() + config.receiptLifetimeSeconds * 1000)
  return signToken({ kind: 'receipt', claims, expiresAt }, config.tokenKeys())
}

/**
 * Checks a receipt that a page handed to your own back end, and returns what it proves.
 *
 * Where the handler has a `metadata` schema, name what it returns as the type parameter.
 *
 * @example
 * const { key, size } = await verifyReceipt(form.get('attachment'), { secret, owner: user.id })
 * @throws ReceiptError with `code` when it proves nothing.
 * @throws SigningError when it is to look at the object and S3 does not answer, or refuses.
 * @throws TypeError when the secret is unusable, or `owner` is not text of 1 character or more.
 */
export async function verifyReceipt<Metadata extends JsonObject = Readonly<Record<string, string>>>(
  value: unknown,
  expectation: ReceiptExpectation,
): Promise<Receipt<Metadata>> {
  if (!isObject(expectation)) {
    throw new TypeError(
      's3-direct-upload: verifyReceipt needs { secret, owner } beside the receipt.',
    )
  }
  const { secret, owner, handler = signingDefaults.name, bucket, s3 } = expectation
  const { now = () => new Date() } = expectation
  if (!areSecrets(secret)) {
    throw new TypeError(
      `s3-direct-upload: verifyReceipt needs the secret of the signing handler, ${minSecretLength} characters or more.`,
    )
  }
  if (!isText(owner)) {
    throw new TypeError(
      's3-direct-upload: verifyReceipt needs the owner who is signed in now, as text that is not empty, ' +
        'or it would accept a receipt of anybody. Refuse the request before where nobody is signed in.',
    )
  }
  if (typeof value !== 'string') throw new ReceiptError('malformed')
  const keys = importTokenKeys([secret].flat())
  const receipt = readReceipt<Metadata>(value, { keys, handler, now: now() })
  if (receipt.owner !== owner) throw new ReceiptError('wrong-owner')
  if (bucket !== undefined && receipt.bucket !== bucket) throw new ReceiptError('wrong-bucket')
  // Whoever asks for the look, even with a value that is none, is not to go without it.
  if (s3 !== undefined)
    await requireSameObject(receipt, openReceiptStorage(receipt.bucket, s3, now))
  return receipt
}

/** With what a handler reads receipts. */
interface ReceiptReading {
  readonly keys: readonly TokenKey[]
  readonly handler: string
  readonly now: Date
}

/**
 * Reads a receipt with keys that are imported already, whoever its owner is.
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
