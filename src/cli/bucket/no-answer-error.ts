import { networkReason, networkRemedy } from '../command-line/network-failure.js'

/** Says that a request to the storage had no answer, why, and what helps most often. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'

  constructor({ url }: Request, cause: unknown) {
    const { origin } = new URL(url)
    const remedy = networkRemedy(cause) ?? 'Check AWS_ENDPOINT_URL_S3 and AWS_REGION.'
    super(`s3-direct-upload: ${origin} gave no answer: ${networkReason(cause)}. ${remedy}`, {
      cause,
    })
  }
}

/**
 * Sends a request to the storage.
 *
 * @throws NoAnswerError when it had no answer, or none that could be read to its end.
 */
export async function askStorage<Result>(
  request: Request,
  send: (request: Request) => Promise<Result>,
): Promise<Result> {
  try {
    return await send(request)
  } catch (cause) {
    throw new NoAnswerError(request, cause)
  }
}
