/** Why a receipt is refused. */
export type ReceiptErrorCode =
  | 'malformed'
  | 'wrong-signature'
  | 'expired'
  | 'wrong-owner'
  | 'wrong-handler'
  | 'wrong-bucket'
  | 'object-missing'
  | 'object-changed'

const messages: Readonly<Record<ReceiptErrorCode, string>> = {
  malformed: 'the value is not a receipt. Pass the text that the upload came back with.',
  'wrong-signature':
    'the receipt was altered, or signed with another secret. Pass the secret of the signing handler.',
  expired: 'the receipt is too old. Have the file uploaded again, or raise receiptLifetimeSeconds.',
  'wrong-owner': 'somebody else uploaded the file. Do not attach it to this user.',
  'wrong-handler':
    'the receipt comes from another signing handler. Pass the name of that one as handler.',
  'wrong-bucket':
    'the receipt is about an object in another bucket. Have the file uploaded to the one that you pass as bucket.',
  'object-missing':
    'the object of the receipt is not there any more. Have the file uploaded again.',
  'object-changed':
    'another object stands in the place of the one that the receipt is about. Have the file uploaded again.',
}

/** A receipt that proves nothing; `code` says why. */
export class ReceiptError extends Error {
  override readonly name = 'ReceiptError'
  /** Stable and machine-readable. */
  readonly code: ReceiptErrorCode

  constructor(code: ReceiptErrorCode) {
    super(`s3-direct-upload: ${messages[code]}`)
    this.code = code
  }
}

/** Tells whether a caught value is a {@link ReceiptError}, also one from another copy of the package. */
export function isReceiptError(error: unknown): error is ReceiptError {
  return (
    error instanceof Error &&
    error.name === 'ReceiptError' &&
    'code' in error &&
    typeof error.code === 'string' &&
    Object.hasOwn(messages, error.code)
  )
}
