import type {
  PartDescription,
  SignPartsRequest,
  SignPartsResponse,
} from '../../protocol/operations.js'
import { partCountOf } from '../../s3/part-plan.js'
import { type OperationContext, tokenFactsOf } from '../config/operation-context.js'
import { packageRefusal } from '../errors/signing-error.js'
import { type MultipartClaims, requireMultipartToken } from '../tokens/upload-token.js'
import { signPart } from './signing/sign-part.js'
import { openSigningScopes } from './signing/signing-scope.js'

/** Signs up to a hundred parts of one upload, if all of them belong to its plan. */
export async function signParts(
  { token, parts }: SignPartsRequest,
  context: OperationContext,
): Promise<SignPartsResponse> {
  const claims = requireMultipartToken(token, tokenFactsOf(context))
  const problem = parts.map((part, index) => problemOf(part, index, claims)).find(Boolean)
  if (problem !== undefined) throw packageRefusal('invalid-request', problem)
  const { part: scope } = await openSigningScopes(context)
  return {
    parts: parts.map((part) => signPart(claims, part, scope)),
    expiresInSeconds: scope.expiresInSeconds,
  }
}

function problemOf(
  { partNumber, checksum }: PartDescription,
  index: number,
  claims: MultipartClaims,
): string | undefined {
  const partCount = partCountOf(claims)
  if (partNumber > partCount) {
    return `parts.${index}.partNumber: is ${partNumber}; the upload has ${partCount} parts.`
  }
  if (claims.checksumAlgorithm !== undefined && checksum === undefined) {
    return `parts.${index}.checksum: is missing; the upload was created with one for every part.`
  }
  return undefined
}
