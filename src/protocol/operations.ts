import * as v from 'valibot'
import { protocolErrorSchema } from './error-response.js'

/** The largest number of files, tokens or parts in one request. */
export const maxBatchSize = 100

const seconds = v.pipe(v.number(), v.finite(), v.minValue(0))
const byteCount = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const text = (maxLength: number) => v.pipe(v.string(), v.maxLength(maxLength))
const headers = v.record(v.string(), v.string())

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

export const signUploadsRequestSchema = v.object({
  operation: v.literal('sign-uploads'),
  files: v.pipe(v.array(fileDescriptionSchema), v.minLength(1), v.maxLength(maxBatchSize)),
  /** 1 at first; higher when an earlier answer was lost. */
  attempt: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1)), 1),
})

export const completeUploadsRequestSchema = v.object({
  operation: v.literal('complete-uploads'),
  uploads: v.pipe(
    v.array(v.object({ token: text(16384) })),
    v.minLength(1),
    v.maxLength(maxBatchSize),
  ),
})

export const abortUploadsRequestSchema = v.object({
  operation: v.literal('abort-uploads'),
  tokens: v.pipe(v.array(text(16384)), v.minLength(1), v.maxLength(maxBatchSize)),
})

/** Every operation's request, told apart by `operation`. */
export const operationRequestSchema = v.variant('operation', [
  signUploadsRequestSchema,
  completeUploadsRequestSchema,
  abortUploadsRequestSchema,
])

export type SignUploadsRequest = v.InferOutput<typeof signUploadsRequestSchema>
export type CompleteUploadsRequest = v.InferOutput<typeof completeUploadsRequestSchema>
export type AbortUploadsRequest = v.InferOutput<typeof abortUploadsRequestSchema>
/** Every operation's request, told apart by `operation`. */
export type OperationRequest = v.InferOutput<typeof operationRequestSchema>
/** The name of an operation. */
export type OperationName = OperationRequest['operation']

const signedUploadFields = {
  id: v.string(),
  url: v.pipe(v.string(), v.url()),
  key: v.string(),
  token: v.string(),
  expiresInSeconds: seconds,
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
  headers,
})

/** One file, or one upload, of a batch was refused; without `id` when its token could not be read. */
export const refusedSchema = v.object({ id: v.optional(v.string()), error: protocolErrorSchema })

export const signUploadsResponseSchema = v.object({
  files: v.array(
    v.union([v.variant('method', [signedPostSchema, signedPutSchema]), refusedSchema]),
  ),
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

export const completeUploadsResponseSchema = v.object({
  uploads: v.array(v.union([completedUploadSchema, pendingUploadSchema, refusedSchema])),
})

export const abortUploadsResponseSchema = v.object({
  uploads: v.array(
    v.union([v.object({ id: v.string(), state: v.literal('aborted') }), refusedSchema]),
  ),
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
/** One file, or one upload, of a batch was refused; without `id` when its token could not be read. */
export type Refused = v.InferOutput<typeof refusedSchema>
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
