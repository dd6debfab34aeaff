import * as v from 'valibot'
import { sha256Text } from '../../protocol/fields.js'
import type { ListedPart, ListPartsRequest, ListPartsResponse } from '../../protocol/operations.js'
import type { StoredPart } from '../../s3-client/list-parts.js'
import { type OperationContext, tokenFactsOf } from '../config/operation-context.js'
import { findObject } from '../storage/find-object.js'
import { createStorageClient } from '../storage/storage-client.js'
import { requireMultipartToken } from '../tokens/upload-token.js'

/** Says which parts of an upload have arrived, or what became of it. */
export async function listParts(
  { token }: ListPartsRequest,
  context: OperationContext,
): Promise<ListPartsResponse> {
  const claims = requireMultipartToken(token, tokenFactsOf(context))
  const s3 = createStorageClient(context.config)
  const listed = await s3.listParts(claims)
  if (listed !== undefined) {
    return { state: 'open', parts: [...listed.values()].map(listedPart) }
  }
  const stored = await findObject(claims.key, s3)
  return { state: stored?.size === claims.size ? 'completed' : 'gone', parts: [] }
}

/** With what tells a client whether the bytes are those of its file. */
function listedPart({ partNumber, size, checksums }: StoredPart): ListedPart {
  const { ChecksumSHA256: checksum } = checksums
  return { partNumber, size, ...(v.is(sha256Text, checksum) && { checksum }) }
}
