import type * as v from 'valibot'
import { signDownloadsResponseSchema } from './downloads.js'
import type { OperationName } from './requests.js'
import {
  abortUploadsResponseSchema,
  completeUploadsResponseSchema,
  listPartsResponseSchema,
  signPartsResponseSchema,
  signUploadsResponseSchema,
} from './responses.js'

export { maxBatchSize, type Refused } from './batch-items.js'
export type * from './downloads.js'
export type * from './requests.js'
export type * from './responses.js'

/** The response schema of every operation. */
export const responseSchemas = {
  'sign-uploads': signUploadsResponseSchema,
  'sign-parts': signPartsResponseSchema,
  'list-parts': listPartsResponseSchema,
  'complete-uploads': completeUploadsResponseSchema,
  'abort-uploads': abortUploadsResponseSchema,
  'sign-downloads': signDownloadsResponseSchema,
} as const satisfies Record<OperationName, v.GenericSchema>

/** The response of each operation, by its name. */
export type OperationResponses = {
  [Name in OperationName]: v.InferOutput<(typeof responseSchemas)[Name]>
}
