import * as v from 'valibot'
import { requestItems, responseItems } from './batch-items.js'
import { httpUrl, lifetime, text, token } from './fields.js'

/** Whether a browser saves an object (`attachment`) or shows it (`inline`). */
const dispositions = ['inline', 'attachment'] as const

/** Whether a browser saves an object (`attachment`) or shows it (`inline`). */
export type Disposition = (typeof dispositions)[number]

const wishes = {
  /** What the browser is to do with it. @default 'attachment' */
  disposition: v.optional(v.picklist(dispositions)),
  /** The name to save it under. @default the name in the receipt, or the last segment of the key */
  name: v.optional(v.pipe(text(1024), v.minLength(1))),
}
const onlyOne = v.optional(v.never('must be left out where the other one of key and receipt is'))
const byKeySchema = v.object({
  /** The object's key. */
  key: v.pipe(text(1024), v.minLength(1)),
  receipt: onlyOne,
  ...wishes,
})
const byReceiptSchema = v.object({
  /** The receipt of an upload; it names the key. */
  receipt: token,
  key: onlyOne,
  ...wishes,
})
const hasReceipt = v.object({ receipt: v.nonNullish(v.unknown()) })

/** A stored file that the browser wants to download, named by its key or by its receipt. */
export const downloadDescriptionSchema = v.lazy((entry) =>
  v.is(hasReceipt, entry) ? byReceiptSchema : byKeySchema,
) as v.GenericSchema<unknown, DownloadDescription>

/** A stored file that the browser wants to download, named by its key or by its receipt. */
export type DownloadDescription = ({ readonly key: string } | { readonly receipt: string }) & {
  /** What the browser is to do with it. @default 'attachment' */
  readonly disposition?: Disposition | undefined
  /** The name to save it under. @default the name in the receipt, or the last segment of the key */
  readonly name?: string | undefined
}

/** The request of `sign-downloads`. */
export const signDownloadsRequestSchema = v.object({
  operation: v.literal('sign-downloads'),
  files: requestItems('files', downloadDescriptionSchema),
})

/** Asks for URLs to download stored files. */
export interface SignDownloadsRequest {
  readonly operation: 'sign-downloads'
  /** 1 to 100. */
  readonly files: readonly DownloadDescription[]
}

/** Where one file can be downloaded for a while, without any header. */
export const signedDownloadSchema = v.object({
  key: v.string(),
  /** Whoever has it can read the object: not to be stored, shown or logged. */
  url: httpUrl,
  /** How long a download may begin. */
  expiresInSeconds: lifetime,
})

/** Where one file can be downloaded for a while, without any header. */
export type SignedDownload = v.InferOutput<typeof signedDownloadSchema>

/** The response to `sign-downloads`. */
export const signDownloadsResponseSchema = v.object({
  files: responseItems('files', signedDownloadSchema),
})

/** The response to `sign-downloads`. */
export type SignDownloadsResponse = v.InferOutput<typeof signDownloadsResponseSchema>
