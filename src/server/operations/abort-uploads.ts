import type { AbortUploadsRequest, AbortUploadsResponse } from '../../protocol/operations.js'
import type { OperationContext } from '../operation-context.js'
import { toProtocolError } from '../signing-error.js'
import { verifyUploadToken } from '../upload-token.js'

/** Gives uploads up. A stored object stays: the bytes may have arrived, and the app may know of them. */
export async function abortUploads(
  { tokens }: AbortUploadsRequest,
  context: OperationContext,
): Promise<AbortUploadsResponse> {
  return { uploads: await Promise.all(tokens.map((token) => abortUpload(token, context))) }
}

async function abortUpload(
  token: string,
  context: OperationContext,
): Promise<AbortUploadsResponse['uploads'][number]> {
  const verified = await verifyUploadToken(token, context)
  if (verified.error) return { id: verified.id, error: toProtocolError(verified.error) }
  return { id: verified.claims.id, state: 'aborted' }
}
