import {
  isReceiptError,
  type Receipt,
  type ReceiptErrorCode,
  type ReceiptStorage,
  verifyReceipt,
} from 's3-direct-upload/server'

/** A table of your database whose column `key` is unique. */
export interface Attachments {
  /** Adds a row, and says whether it is new: `insert … on conflict (key) do nothing`. */
  insert(file: Receipt): Promise<boolean>
}

export interface AttachOptions {
  /** The `owner` that `authorize` of the signing handler returns for this visitor. */
  readonly userId: string
  readonly secret: string | readonly string[]
  readonly attachments: Attachments
  /** Looks at each object once more. */
  readonly s3?: ReceiptStorage
}

export type Attached =
  | { readonly state: 'attached'; readonly key: string; readonly name: string }
  | { readonly state: 'refused'; readonly reason: ReceiptErrorCode | 'used-before' }

/** Attaches the files of a form: what `<S3Uploader name="attachments">` has put into it. */
export async function attachReceipts(form: FormData, options: AttachOptions): Promise<Attached[]> {
  const results: Attached[] = []
  for (const value of form.getAll('attachments')) results.push(await attach(value, options))
  return results
}

async function attach(value: unknown, options: AttachOptions): Promise<Attached> {
  const { userId: owner, secret, s3, attachments } = options
  try {
    const receipt = await verifyReceipt(value, { secret, owner, s3 })
    const isNew = await attachments.insert(receipt)
    if (!isNew) return { state: 'refused', reason: 'used-before' }
    return { state: 'attached', key: receipt.key, name: receipt.name }
  } catch (error) {
    if (isReceiptError(error)) return { state: 'refused', reason: error.code }
    throw error
  }
}
