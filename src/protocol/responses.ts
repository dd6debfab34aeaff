import * as v from 'valibot'
import { responseItems } from './batch-items.js'
import {
  byteCount,
  checksumAlgorithm,
  httpUrl,
  lifetime,
  partNumber,
  seconds,
  sha256Text,
} from './fields.js'

const headers = v.record(v.string(), v.string())

const signedUploadFields = {
  id: v.string(),
  key: v.string(),
  token: v.string(),
  /** How long the URLs of this answer may be used. */
  expiresInSeconds: lifetime,
}

/** An upload as a form: append every field in order, then `file` last. */
export const signedPostSchema = v.object({
  ...signedUploadFields,
  method: v.literal('POST'),
  url: httpUrl,
  fields: v.record(v.string(), v.string()),
})

/** An upload as a PUT of the bytes with exactly these headers. */
export const signedPutSchema = v.object({
  ...signedUploadFields,
  method: v.literal('PUT'),
  url: httpUrl,
  headers,
})

/** A part as a PUT of its bytes with exactly these headers. */
export const signedPartSchema = v.object({ partNumber, url: httpUrl, headers })

/** An upload in parts: all of `partSizeBytes` but the last, each sent by a PUT of its own. */
export const signedMultipartSchema = v.object({
  ...signedUploadFields,
  method: v.literal('MULTIPART'),
  /** The object's own URL, without a signature. */
  url: v.optional(httpUrl),
  partSizeBytes: v.pipe(byteCount, v.minValue(1)),
  partCount: partNumber,
  /** The first parts, signed already; the others by `sign-parts`. */
  parts: v.optional(v.array(signedPartSchema)),
  /** Given when `sign-parts` needs every part's checksum. */
  checksumAlgorithm: v.optional(checksumAlgorithm),
})

export const signUploadsResponseSchema = v.object({
  files: responseItems(
    'files',
    v.variant('method', [signedPostSchema, signedPutSchema, signedMultipartSchema]),
  ),
})

export const signPartsResponseSchema = v.object({
  /** In the order of the request. */
  parts: v.array(signedPartSchema),
  expiresInSeconds: lifetime,
})

/** A part that S3 has, with the size S3 says it has. */
export const listedPartSchema = v.object({
  partNumber,
  size: byteCount,
  /** SHA-256 of the part, base64, where S3 has compared the bytes with it. */
  checksum: v.optional(sha256Text),
})

export const listPartsResponseSchema = v.object({
  /** `gone`: neither the upload nor its object exists any more, so the file has to be sent anew. */
  state: v.picklist(['open', 'completed', 'gone']),
  /** Every part, however many pages S3 needs to list them; empty unless `open`. */
  parts: v.array(listedPartSchema),
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

/** An upload as a form: append every field in order, then `file` last. */
export type SignedPost = v.InferOutput<typeof signedPostSchema>
/** An upload as a PUT of the bytes with exactly these headers. */
export type SignedPut = v.InferOutput<typeof signedPutSchema>
/** An upload in parts: all of `partSizeBytes` but the last, each sent by a PUT of its own. */
export type SignedMultipart = v.InferOutput<typeof signedMultipartSchema>
/** How to send one file. */
export type SignedUpload = SignedPost | SignedPut | SignedMultipart
/** A part as a PUT of its bytes with exactly these headers. */
export type SignedPart = v.InferOutput<typeof signedPartSchema>
/** A part that S3 has, with the size S3 says it has. */
export type ListedPart = v.InferOutput<typeof listedPartSchema>
/** A stored object that the server has looked at itself. */
export type CompletedUpload = v.InferOutput<typeof completedUploadSchema>
/** The server is still at it; ask again after `retryAfterSeconds`. */
export type PendingUpload = v.InferOutput<typeof pendingUploadSchema>

export type SignUploadsResponse = v.InferOutput<typeof signUploadsResponseSchema>
export type SignPartsResponse = v.InferOutput<typeof signPartsResponseSchema>
export type ListPartsResponse = v.InferOutput<typeof listPartsResponseSchema>
export type CompleteUploadsResponse = v.InferOutput<typeof completeUploadsResponseSchema>
export type AbortUploadsResponse = v.InferOutput<typeof abortUploadsResponseSchema>
