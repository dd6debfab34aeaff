import { type ErrorCode, errorCodes } from '../../protocol/error-response.js'
import type {
  AbortUploadsRequest,
  AbortUploadsResponse,
  CompletedUpload,
  CompleteUploadsRequest,
  FileDescription,
  ListPartsResponse,
  OperationRequest,
  PartDescription,
  PendingUpload,
  Refused,
  SignedUpload,
  SignPartsRequest,
  SignPartsResponse,
  SignUploadsRequest,
} from '../../protocol/operations.js'
import { EndpointError, isEndpointError } from '../upload-error.js'
import { createAuthorization } from './authorization.js'
import { requestEndpoint, type SigningClientOptions } from './endpoint-request.js'

/** One method per operation of the protocol; each throws an `EndpointError` when it is refused as a whole. */
export interface SigningClient {
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

/**
 * Creates a client for a signing endpoint.
 *
 * @example
 * const client = createSigningClient({ endpoint: '/api/s3' })
 */
export function createSigningClient(options: SigningClientOptions): SigningClient {
  return createLiveSigningClient(() => options)
}

/** Creates a client that asks for its options before every request, so that they may change meanwhile. */
export function createLiveSigningClient(options: () => SigningClientOptions): SigningClient {
  const authorization = createAuthorization()
  const ask = <Request extends OperationRequest>(request: Request, signal: AbortSignal) =>
    authorization.send(() => requestEndpoint(options(), request, signal), {
      onUnauthorized: options().onUnauthorized,
      signal,
    })
  return {
    signUploads: (files, { attempt, signal }) =>
      inHalvesIfTooLarge(files, async (batch) => {
        const request: SignUploadsRequest = {
          operation: 'sign-uploads',
          files: [...batch],
          attempt,
        }
        const response = await ask(request, signal)
        requireAnswers(response.files, batch.length)
        for (const [index, { id }] of batch.entries()) requireSameFile(response.files[index], id)
        return response.files
      }),
    completeUploads: (tokens, { signal }) =>
      inHalvesIfTooLarge(tokens, async (batch) => {
        const uploads = batch.map((token) => ({ token }))
        const request: CompleteUploadsRequest = { operation: 'complete-uploads', uploads }
        const response = await ask(request, signal)
        requireAnswers(response.uploads, batch.length)
        return response.uploads
      }),
    async signParts(token, parts, { signal }) {
      const request: SignPartsRequest = { operation: 'sign-parts', token, parts }
      const response = await ask(request, signal)
      requireAnswers(response.parts, parts.length)
      for (const [index, { partNumber }] of parts.entries()) {
        if (response.parts[index]?.partNumber !== partNumber) throw mixedUp('another part')
      }
      return response
    },
    listParts: (token, { signal }) => ask({ operation: 'list-parts', token }, signal),
    abortUploads: (tokens, { signal }) =>
      inHalvesIfTooLarge(tokens, async (batch) => {
        const request: AbortUploadsRequest = { operation: 'abort-uploads', tokens: batch }
        const response = await ask(request, signal)
        requireAnswers(response.uploads, batch.length)
        return response.uploads
      }),
  }
}

/** The endpoint's refusal of one item of a batch, as an error. */
export function refusalOf({ error }: Refused): EndpointError {
  const status = isErrorCode(error.code) ? errorCodes[error.code].status : 0
  return new EndpointError(error.message, { ...error, status, concerns: 'file' })
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code)
}

/** Servers limit the size of a request, each to another; a body parser often to 100 kB. */
async function inHalvesIfTooLarge<Item, Answer>(
  items: readonly Item[],
  send: (batch: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<readonly (Answer | Refused)[]> {
  try {
    return await send(items)
  } catch (error) {
    if (items.length < 2 || !isEndpointError(error) || error.status !== 413) throw error
    const middle = Math.ceil(items.length / 2)
    const first = await inHalvesIfTooLarge(items.slice(0, middle), send)
    const second = items.slice(middle)
    // What the first half was told stands: the server may have begun uploads for it.
    const rest = inHalvesIfTooLarge(second, send).catch((failure) => refusedAlike(second, failure))
    return [...first, ...(await rest)]
  }
}

function refusedAlike(items: readonly unknown[], error: unknown): Refused[] {
  if (!isEndpointError(error)) throw error
  const { code, message, retryable } = error
  return items.map(() => ({ error: { code, message, retryable } }))
}

function requireAnswers(answers: readonly unknown[], count: number): void {
  if (answers.length !== count) throw mixedUp(`${answers.length} answers for ${count} files`)
}

function requireSameFile(answer: SignedUpload | Refused | undefined, id: string): void {
  if (answer?.id !== undefined && answer.id !== id) throw mixedUp('the answer for another file')
}

function mixedUp(found: string): EndpointError {
  return new EndpointError(
    `The signing endpoint gave ${found}. It must give one answer per file or part, in the same order.`,
    { code: 'endpoint-answer', status: 200, retryable: false },
  )
}
