import type { ErrorCode } from '../../protocol/error-response.js'
import type { OperationName } from '../../protocol/operations.js'

/** How one request ended. */
export interface OperationEvent {
  readonly type: 'operation'
  /** The `name` of the signing handler. */
  readonly handler: string
  /** Left out where the request names none. */
  readonly operation?: OperationName
  readonly outcome: 'ok' | ErrorCode
  /** The HTTP status of the answer. */
  readonly status: number
  /** Left out where the caller was refused. */
  readonly owner?: string
  /** How many files, or tokens, the request was about. */
  readonly count?: number
  readonly durationMs: number
}

/** What became of one file of a request. */
export interface FileEvent {
  readonly type: 'file'
  /** The `name` of the signing handler. */
  readonly handler: string
  readonly operation: 'sign-uploads' | 'complete-uploads' | 'abort-uploads'
  /** `pending` while S3 is still putting the parts together. */
  readonly outcome: 'ok' | 'pending' | ErrorCode
  readonly owner: string
  /** The UUID the client made for the file, where it could be read. */
  readonly id?: string
  readonly key?: string
  /** Size in bytes. */
  readonly size?: number
  readonly method?: 'POST' | 'PUT' | 'MULTIPART'
  readonly durationMs: number
}

/** Something that is over. */
export type SigningEvent = OperationEvent | FileEvent
