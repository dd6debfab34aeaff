import { signDownloadsResponseSchema } from '../../protocol/downloads.js'
import type {
  DownloadDescription,
  Refused,
  SignDownloadsRequest,
  SignedDownload,
} from '../../protocol/operations.js'
import { type AskEndpoint, inHalvesIfTooLarge, mixedUp, requireAnswers } from './ask-endpoint.js'

/** The operation that downloads take; it throws an `EndpointError` when it is refused as a whole. */
export interface DownloadClient {
  /** Asks for URLs of 1 to 100 stored files: one answer per file, in the same order. */
  signDownloads(
    files: readonly DownloadDescription[],
    options: { signal: AbortSignal },
  ): Promise<readonly (SignedDownload | Refused)[]>
}

/** Creates a client for downloads. */
export function createDownloadClient(ask: AskEndpoint): DownloadClient {
  return {
    signDownloads: (files, { signal }) =>
      inHalvesIfTooLarge(files, async (batch) => {
        const request: SignDownloadsRequest = { operation: 'sign-downloads', files: batch }
        const response = await ask({ request, schema: signDownloadsResponseSchema }, signal)
        requireAnswers(response.files, batch.length)
        for (const [index, file] of batch.entries()) requireSameKey(response.files[index], file)
        return response.files
      }),
  }
}

function requireSameKey(
  answer: SignedDownload | Refused | undefined,
  file: DownloadDescription,
): void {
  if (!answer || 'error' in answer || 'receipt' in file) return
  if (answer.key !== file.key) throw mixedUp('the answer for another file')
}
