import type { Disposition, DownloadDescription } from '../../../protocol/downloads.js'
import { objectKeyProblem } from '../../../s3/object-key.js'
import type { OperationContext } from '../../config/operation-context.js'
import type { JsonObject } from '../../contract/json.js'
import type { Receipt } from '../../contract/receipt.js'
import { isReceiptError } from '../../errors/receipt-error.js'
import { packageRefusal, type SigningError } from '../../errors/signing-error.js'
import { readReceipt } from '../../tokens/receipt.js'

/** What a page may be given if the app allows it. */
export interface ResolvedDownload {
  /** Below the handler's prefix. */
  readonly key: string
  readonly receipt: Receipt<JsonObject> | undefined
  readonly disposition: Disposition
  readonly name: string | undefined
}

/**
 * Finds out which object a page means.
 *
 * @throws SigningError `invalid-request`, `forbidden`, `invalid-token` or `expired-token`.
 */
export async function resolveDownload(
  file: DownloadDescription,
  context: OperationContext,
): Promise<ResolvedDownload> {
  const receipt = 'receipt' in file ? requireReceipt(file.receipt, context) : undefined
  // Without a receipt, the key was given.
  const key = receipt === undefined ? (file as { readonly key: string }).key : receipt.key
  requireKey(key, context.config.prefix)
  const { disposition = 'attachment', name = receipt?.name } = file
  return { key, receipt, disposition, name }
}

/** The answer is the same for a key elsewhere and for one that the app refuses: trying keys out reveals nothing. */
export function downloadForbidden(): SigningError {
  return packageRefusal(
    'forbidden',
    'the caller may not download this file. Permit its key in authorizeDownload; it must begin with the prefix of the handler.',
  )
}

function requireKey(key: string, prefix: string): void {
  const problem = objectKeyProblem(key)
  if (problem !== undefined) throw packageRefusal('invalid-request', `key: ${problem}.`)
  if (!key.startsWith(prefix)) throw downloadForbidden()
}

function requireReceipt(value: string, { config, now }: OperationContext): Receipt<JsonObject> {
  try {
    const receipt = readReceipt(value, {
      keys: config.tokenKeys(),
      handler: config.name,
      now,
    })
    if (receipt.bucket === config.location.bucket) return receipt
  } catch (error) {
    if (!isReceiptError(error)) throw error
    if (error.code === 'expired') {
      throw packageRefusal(
        'expired-token',
        'the receipt of the file is too old. Ask by its key, or raise receiptLifetimeSeconds.',
      )
    }
  }
  const message =
    'the receipt is malformed, altered, or was made for another handler or bucket. Pass the text that the upload came back with.'
  throw packageRefusal('invalid-token', message)
}
