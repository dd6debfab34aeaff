import type {
  AbortUploadsRequest,
  AbortUploadsResponse,
  CompletedUpload,
  CompleteUploadsRequest,
  FileDescription,
  ListPartsResponse,
  PartDescription,
  PendingUpload,
  Refused,
  SignedUpload,
  SignPartsRequest,
  SignPartsResponse,
  SignUploadsRequest,
} from '../../protocol/operations.js'
import {
  abortUploadsResponseSchema,
  completeUploadsResponseSchema,
  listPartsResponseSchema,
  signPartsResponseSchema,
  signUploadsResponseSchema,
} from '../../protocol/responses.js'
import { type AskEndpoint, inHalvesIfTooLarge, mixedUp, requireAnswers } from './ask-endpoint.js'

/** One method per operation that uploads take; each throws an `EndpointError` when it is refused as a whole. */
export interface UploadClient {
  /** Asks how to send files: one answer per file, in the same order. */
  signUploads(
    files: readonly FileDescription[],
    options: { attempt: number; signal: AbortSignal },
  ): Promise<readonly (SignedUpload | Refused)[]>
  /** Asks the server to look at stored files: one answer per token, in the same order. */
  completeUploads(
    tokens: readonly string[],
    options: { signal: AbortSignal },
  ): Promise<readonly (CompletedUpload | PendingUpload | Refused)[]>
  /** Asks for the URLs of 1 to 100 parts of one upload: one answer per part, in the same order. */
  signParts(
    token: string,
    parts: readonly PartDescription[],
    options: { signal: AbortSignal },
  ): Promise<SignPartsResponse>
  /** Asks which parts of an upload have arrived. */
  listParts(token: string, options: { signal: AbortSignal }): Promise<ListPartsResponse>
  /** Gives uploads up: one answer per token, in the same order. */
  abortUploads(
    tokens: readonly string[],
    options: { signal: AbortSignal },
  ): Promise<readonly AbortUploadsResponse['uploads'][number][]>
}

/** Creates a client for uploads. */
export function createUploadClient(ask: AskEndpoint): UploadClient {
  return {
    signUploads: (files, { attempt, signal }) =>
      inHalvesIfTooLarge(files, async (batch) => {
        const request: SignUploadsRequest = {
          operation: 'sign-uploads',
          files: [...batch],
          attempt,
        }
        const response = await ask({ request, schema: signUploadsResponseSchema }, signal)
        requireAnswers(response.files, batch.length)
        for (const [index, { id }] of batch.entries()) requireSameFile(response.files[index], id)
        return response.files
      }),
    completeUploads: (tokens, { signal }) =>
      inHalvesIfTooLarge(tokens, async (batch) => {
        const uploads = batch.map((token) => ({ token }))
        const request: CompleteUploadsRequest = { operation: 'complete-uploads', uploads }
        const response = await ask({ request, schema: completeUploadsResponseSchema }, signal)
        requireAnswers(response.uploads, batch.length)
        return response.uploads
      }),
    async signParts(token, parts, { signal }) {
      const request: SignPartsRequest = { operation: 'sign-parts', token, parts }
      const response = await ask({ request, schema: signPartsResponseSchema }, signal)
      requireAnswers(response.parts, parts.length)
      for (const [index, { partNumber }] of parts.entries()) {
        if (response.parts[index]?.partNumber !== partNumber) throw mixedUp('another part')
      }
      return response
    },
    listParts: (token, { signal }) =>
      ask({ request: { operation: 'list-parts', token }, schema: listPartsResponseSchema }, signal),
    abortUploads: (tokens, { signal }) =>
      inHalvesIfTooLarge(tokens, async (batch) => {
        const request: AbortUploadsRequest = { operation: 'abort-uploads', tokens: batch }
        const response = await ask({ request, schema: abortUploadsResponseSchema }, signal)
        requireAnswers(response.uploads, batch.length)
        return response.uploads
      }),
  }
}

function requireSameFile(answer: SignedUpload | Refused | undefined, id: string): void {
  if (answer?.id !== undefined && answer.id !== id) throw mixedUp('the answer for another file')
}
