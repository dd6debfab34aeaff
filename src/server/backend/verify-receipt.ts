import { type Runtime, systemRuntime } from '../../async/runtime.js'
import { isObject } from '../../protocol/is-object.js'
import { toDate } from '../../s3/date-text.js'
import { areSecrets, isText } from '../config/checks.js'
import { signingDefaults } from '../config/signing-defaults.js'
import type { JsonObject } from '../contract/json.js'
import type { Receipt, ReceiptExpectation } from '../contract/receipt.js'
import { ReceiptError } from '../errors/receipt-error.js'
import { requireSameObject } from '../storage/receipt-object.js'
import { readReceipt } from '../tokens/receipt.js'
import { importTokenKeys, minSecretLength } from '../tokens/token.js'
import { openReceiptStorage } from './receipt-storage.js'

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
  return proveReceipt(value, expectation, systemRuntime)
}

/** Does what {@link verifyReceipt} does, with the clock and the timers of a runtime. */
export async function proveReceipt<Metadata extends JsonObject>(
  value: unknown,
  expectation: ReceiptExpectation,
  runtime: Runtime,
): Promise<Receipt<Metadata>> {
  if (!isObject(expectation)) {
    throw new TypeError(
      's3-direct-upload: verifyReceipt needs { secret, owner } beside the receipt.',
    )
  }
  const { secret, owner, handler = signingDefaults.name, bucket, s3 } = expectation
  const { now = () => toDate(runtime.wallNow()) } = expectation
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
  // A value that is given and unusable must fail: the app asked for the look.
  if (s3 !== undefined) {
    const client = openReceiptStorage(s3, { bucket: receipt.bucket, now, runtime })
    await requireSameObject(receipt, client)
  }
  return receipt
}
