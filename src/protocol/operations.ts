import * as v from 'valibot'
import { type Refused, requestItems, responseItems } from './batch-items.js'

export { maxBatchSize, type Refused } from './batch-items.js'

const seconds = v.pipe(v.number(), v.finite(), v.minValue(0))
const byteCount = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const text = (maxLength: number) => v.pipe(v.string(), v.maxLength(maxLength))
const token = text(16_384)
const httpUrl = v.pipe(
  v.string(),
  v.url('must be an absolute URL'),
  v.regex(/^https?:/i, 'must be an http: or https: URL'),
)

/** A file the browser wants to upload. */
export const fileDescriptionSchema = v.object({
  /** A UUID that the client makes once per file and keeps over every retry. */
  id: v.pipe(v.string(), v.uuid('must be a UUID')),
  /** The file's own name, without folders. */
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(1024)),
  /** The media type the browser reports; empty when it knows none. */
  type: text(255),
  /** Size in bytes. */
  size: byteCount,
  /** Path within the dropped folder, `/` between the segments. */
  relativePath: v.optional(text(4096)),
  /** Values of the app, handed to the server's hooks and kept in the token. */
  metadata: v.optional(v.record(text(128), text(2048))),
  /** SHA-256 of the whole file, base64. */
  checksum: v.optional(
    v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{43}=$/, 'must be a base64 SHA-256')),
  ),
})

/** A file the browser wants to upload. */
export type FileDescription = v.InferOutput<typeof fileDescriptionSchema>

/** Every operation's request, told apart by `operation`. */
export const operationRequestSchema = v.variant('operation', [
  v.object({
    operation: v.literal('sign-uploads'),
    files: requestItems('files', fileDescriptionSchema),
    attempt: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1)), 1),
  }),
  v.object({
    operation: v.literal('complete-uploads'),
    uploads: requestItems('uploads', v.object({ token })),
  }),
  v.object({ operation: v.literal('abort-uploads'), tokens: requestItems('tokens', token) }),
])

/** Asks how to send files. */
export interface SignUploadsRequest {
  readonly operation: 'sign-uploads'
  /** 1 to 100. */
  readonly files: readonly FileDescription[]
  /**
   * 1 at first; higher when an earlier answer was lost. A server may log it, or slow down clients that ask again and
   * again; `createSigningHandler` does not read it yet.
   */
  readonly attempt: number
}

/** Asks the server to look at stored objects. */
export interface CompleteUploadsRequest {
  readonly operation: 'complete-uploads'
  /** 1 to 100. */
  readonly uploads: readonly { readonly token: string }[]
}

/** Gives uploads up. */
export interface AbortUploadsRequest {
  readonly operation: 'abort-uploads'
  /** 1 to 100. */
  readonly tokens: readonly string[]
}

/** Every operation's request, told apart by `operation`. */
export type OperationRequest = SignUploadsRequest | CompleteUploadsRequest | AbortUploadsRequest
/** The name of an operation. */
export type OperationName = OperationRequest['operation']

/** A request as a server reads it: a malformed item of its list is already refused. */
export type Received<Request extends OperationRequest> = {
  readonly [Field in keyof Request]: Request[Field] extends readonly (infer Item)[]
    ? readonly (Item | Refused)[]
    : Request[Field]
}

const signedUploadFields = {
  id: v.string(),
  url: httpUrl,
  key: v.string(),
  token: v.string(),
  expiresInSeconds: v.pipe(seconds, v.minValue(1)),
}

/** An upload as a form: append every field in order, then `file` last. */
export const signedPostSchema = v.object({
  ...signedUploadFields,
  method: v.literal('POST'),
  fields: v.record(v.string(), v.string()),
})

/** An upload as a PUT of the bytes with exactly these headers. */
export const signedPutSchema = v.object({
  ...signedUploadFields,
  method: v.literal('PUT'),
  headers: v.record(v.string(), v.string()),
})

export const signUploadsResponseSchema = v.object({
  files: responseItems('files', v.variant('method', [signedPostSchema, signedPutSchema])),
})

/** A stored object that the server has looked at itself. */
export const completedUploadSchema = v.object({
  id: v.string(),
  key: v.string(),
  size: byteCount,
  etag: v.string(),
  contentType: v.string(),
  /** Signed proof of the upload for your own back end; see `verifyReceipt`. */
  receipt: v.string(),
  /** What the server's `onUploadComplete` returned. */
  result: v.optional(v.unknown()),
})

/** The server is still at it; ask again after `retryAfterSeconds`. */
export const pendingUploadSchema = v.object({
  id: v.string(),
  state: v.literal('pending'),
  retryAfterSeconds: seconds,
})

const isPending = v.object({ state: v.literal('pending') })

export const completeUploadsResponseSchema = v.object({
  uploads: responseItems<CompletedUpload | PendingUpload>(
    'uploads',
    v.lazy((entry) => (v.is(isPending, entry) ? pendingUploadSchema : completedUploadSchema)),
  ),
})

export const abortUploadsResponseSchema = v.object({
  uploads: responseItems('uploads', v.object({ id: v.string(), state: v.literal('aborted') })),
})

/** The response schema of every operation. */
export const responseSchemas = {
  'sign-uploads': signUploadsResponseSchema,
  'complete-uploads': completeUploadsResponseSchema,
  'abort-uploads': abortUploadsResponseSchema,
} as const satisfies Record<OperationName, v.GenericSchema>

/** An upload as a form: append every field in order, then `file` last. */
export type SignedPost = v.InferOutput<typeof signedPostSchema>
/** An upload as a PUT of the bytes with exactly these headers. */
export type SignedPut = v.InferOutput<typeof signedPutSchema>
/** How to send one file. */
export type SignedUpload = SignedPost | SignedPut
/** A stored object that the server has looked at itself. */
export type CompletedUpload = v.InferOutput<typeof completedUploadSchema>
/** The server is still at it; ask again after `retryAfterSeconds`. */
export type PendingUpload = v.InferOutput<typeof pendingUploadSchema>

export type SignUploadsResponse = v.InferOutput<typeof signUploadsResponseSchema>
export type CompleteUploadsResponse = v.InferOutput<typeof completeUploadsResponseSchema>
export type AbortUploadsResponse = v.InferOutput<typeof abortUploadsResponseSchema>

/** The response of each operation, by its name. */
export type OperationResponses = {
  [Name in OperationName]: v.InferOutput<(typeof responseSchemas)[Name]>
}
