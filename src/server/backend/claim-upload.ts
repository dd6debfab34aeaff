import { type Runtime, systemRuntime } from '../../async/runtime.js'
import { toDate } from '../../s3/date-text.js'
import type { ClaimOptions, Receipt } from '../contract/receipt.js'
import { ReceiptError } from '../errors/receipt-error.js'
import { requireSameObject } from '../storage/receipt-object.js'
import { removeUnclaimedTag } from '../storage/unclaimed-objects.js'
import { openReceiptStorage } from './receipt-storage.js'
import { proveReceipt } from './verify-receipt.js'

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
  return proveAndClaim(value, options, systemRuntime)
}

/** Does what {@link claimUpload} does, with the clock and the timers of a runtime. */
export async function proveAndClaim(
  value: unknown,
  options: ClaimOptions,
  runtime: Runtime,
): Promise<Receipt> {
  const receipt = await proveReceipt<Readonly<Record<string, string>>>(value, options, runtime)
  const { s3, now = () => toDate(runtime.wallNow()) } = options
  const client = openReceiptStorage(s3, { bucket: receipt.bucket, now, runtime })
  if (!(await removeUnclaimedTag(receipt.key, client))) throw new ReceiptError('object-missing')
  // S3 cannot say from which object it took the tag.
  await requireSameObject(receipt, client)
  return receipt
}
