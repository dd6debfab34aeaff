import * as v from 'valibot'
import { maxBatchSize, type Refused, requestItems } from './batch-items.js'
import { type SignDownloadsRequest, signDownloadsRequestSchema } from './downloads.js'
import { byteCount, checksumAlgorithm, partNumber, sha256Text, text, token } from './fields.js'

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
  checksum: v.optional(sha256Text),
  /** Given when every part of a multipart upload will come with its checksum. */
  checksumAlgorithm: v.optional(checksumAlgorithm),
  /** A wish: the file is to go in parts, since a single request would not come through. */
  inParts: v.optional(v.boolean()),
  /** A wish: the size in bytes of the parts, if the file goes in parts. */
  partSizeBytes: v.optional(v.pipe(byteCount, v.minValue(1))),
})

/** A file the browser wants to upload. */
export type FileDescription = v.InferOutput<typeof fileDescriptionSchema>

/** A part the browser is about to send. */
export const partDescriptionSchema = v.object({
  /** 1 for the first. */
  partNumber,
  /** SHA-256 of the part, base64; required where the answer to `sign-uploads` named a `checksumAlgorithm`. */
  checksum: v.optional(sha256Text),
})

/** A part the browser is about to send. */
export type PartDescription = v.InferOutput<typeof partDescriptionSchema>

/** Every operation's request, told apart by `operation`. */
export const operationRequestSchema = v.variant('operation', [
  v.object({
    operation: v.literal('sign-uploads'),
    files: requestItems('files', fileDescriptionSchema),
    attempt: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1)), 1),
  }),
  v.object({
    operation: v.literal('sign-parts'),
    token,
    parts: v.pipe(v.array(partDescriptionSchema), v.minLength(1), v.maxLength(maxBatchSize)),
  }),
  v.object({ operation: v.literal('list-parts'), token }),
  v.object({
    operation: v.literal('complete-uploads'),
    uploads: requestItems('uploads', v.object({ token })),
  }),
  v.object({ operation: v.literal('abort-uploads'), tokens: requestItems('tokens', token) }),
  signDownloadsRequestSchema,
])

/** Asks how to send files. */
export interface SignUploadsRequest {
  readonly operation: 'sign-uploads'
  /** 1 to 100. */
  readonly files: readonly FileDescription[]
  /** 1 at first; higher when an earlier answer was lost, and with it perhaps a multipart upload that was created. */
  readonly attempt: number
}

/** Asks for the URLs of parts. */
export interface SignPartsRequest {
  readonly operation: 'sign-parts'
  readonly token: string
  /** 1 to 100. */
  readonly parts: readonly PartDescription[]
}

/** Asks which parts of an upload have arrived. */
export interface ListPartsRequest {
  readonly operation: 'list-parts'
  readonly token: string
}

/** Asks the server to look at stored objects, and to put a multipart upload's parts together first. */
export interface CompleteUploadsRequest {
  readonly operation: 'complete-uploads'
  /** 1 to 100; a multipart upload comes alone, since it may take long. */
  readonly uploads: readonly { readonly token: string }[]
}

/** Gives uploads up. */
export interface AbortUploadsRequest {
  readonly operation: 'abort-uploads'
  /** 1 to 100. */
  readonly tokens: readonly string[]
}

/** Every operation's request, told apart by `operation`. */
export type OperationRequest =
  | SignUploadsRequest
  | SignPartsRequest
  | ListPartsRequest
  | CompleteUploadsRequest
  | AbortUploadsRequest
  | SignDownloadsRequest

/** The name of an operation. */
export type OperationName = OperationRequest['operation']

/** A request as a server reads it: a malformed item of a batch is already refused. */
export type Received<Request extends OperationRequest> = {
  readonly [Field in keyof Request]: Field extends BatchField
    ? Request[Field] extends readonly (infer Item)[]
      ? readonly (Item | Refused)[]
      : never
    : Request[Field]
}

/** The lists whose items are answered one by one; the parts of one upload are answered together. */
type BatchField = 'files' | 'uploads' | 'tokens'
