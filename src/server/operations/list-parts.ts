import type { ListPartsRequest, ListPartsResponse } from '../../protocol/operations.js'
import type { OperationContext } from '../operation-context.js'
import { createS3Client } from '../s3-client/s3-client.js'
import { requireMultipartToken } from '../tokens/upload-token.js'
import { findObject } from './find-object.js'

/** Says which parts of an upload have arrived, or what became of it. */
export async function listParts(
  { token }: ListPartsRequest,
  context: OperationContext,
): Promise<ListPartsResponse> {
  const claims = requireMultipartToken(token, context)
  const s3 = createS3Client(context.config)
  const listed = await s3.listParts(claims)
  if (listed !== undefined) {
    const parts = [...listed.values()].map(({ partNumber, size }) => ({ partNumber, size }))
    return { state: 'open', parts }
  }
  const stored = await findObject(claims.key, s3)
  return { state: stored?.size === claims.size ? 'completed' : 'gone', parts: [] }
}
