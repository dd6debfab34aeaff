import { ReceiptError } from '../errors/receipt-error.js'
import { removeUnclaimedTag } from '../objects/unclaimed-tag.js'
import { type Receipt, type ReceiptExpectation, verifyReceipt } from '../tokens/receipt.js'
import { openReceiptStorage, type ReceiptStorage, requireSameObject } from './receipt-object.js'

/** What a receipt must agree with, and where its object lies. */
export interface ClaimOptions extends ReceiptExpectation {
  /** Where the object lies; the options of the signing handler fit. */
  readonly s3: ReceiptStorage
}

/**
 * Checks a receipt, looks at its object once more, and claims it: from now on the bucket's lifecycle rule does not
 * remove it. Claiming twice does no harm.
 *
 * @example
 * const { key } = await claimUpload(form.get('attachment'), { secret, owner: user.id, s3: configFromEnv() })
 * @throws ReceiptError with `code` when the receipt proves nothing, or its object is gone or another one.
 * @throws SigningError when S3 does not answer, or refuses.
 * @throws TypeError when the secret is unusable, or `owner` is not text of 1 character or more.
 */
export async function claimUpload(value: unknown, options: ClaimOptions): Promise<Receipt> {
  const receipt = await verifyReceipt(value, options)
  const { s3, now = () => new Date() } = options
  const client = openReceiptStorage(receipt.bucket, s3, now)
  if (!(await removeUnclaimedTag(receipt.key, client))) throw new ReceiptError('object-missing')
  // S3 cannot say from which object it took the tag.
  await requireSameObject(receipt, client)
  return receipt
}
