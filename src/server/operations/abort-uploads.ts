import type {
  AbortUploadsRequest,
  AbortUploadsResponse,
  Received,
} from '../../protocol/operations.js'
import type { OperationContext } from '../operation-context.js'
import { toProtocolError } from '../signing-error.js'
import { verifyUploadToken } from '../upload-token.js'

/** Gives uploads up. A stored object stays: the bytes may have arrived, and the app may know of them. */
export async function abortUploads(
  { tokens }: Received<AbortUploadsRequest>,
  context: OperationContext,
): Promise<AbortUploadsResponse> {
  const uploads = tokens.map((token) =>
    typeof token === 'string' ? abortUpload(token, context) : token,
  )
  return { uploads: await Promise.all(uploads) }
}

async function abortUpload(
  token: string,
  context: OperationContext,
): Promise<AbortUploadsResponse['uploads'][number]> {
  const verified = await verifyUploadToken(token, context)
  if (verified.error) return { id: verified.id, error: toProtocolError(verified.error) }
  return { id: verified.claims.id, state: 'aborted' }
}
