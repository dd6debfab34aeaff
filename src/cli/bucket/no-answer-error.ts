import { networkReason, networkRemedy } from '../command-line/network-failure.js'

/** Says that a request to the storage had no answer, why, and what helps most often. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'

  constructor(url: URL | string, cause: unknown) {
    const { origin } = new URL(url)
    const remedy = networkRemedy(cause) ?? 'Check AWS_ENDPOINT_URL_S3 and AWS_REGION.'
    super(`s3-direct-upload: ${origin} gave no answer: ${networkReason(cause)}. ${remedy}`, {
      cause,
    })
  }
}

/**
 * Asks the storage something.
 *
 * @throws NoAnswerError when it gave no answer, or none that could be read to its end.
 */
export async function askStorage<Result>(
  url: URL | string,
  ask: () => Promise<Result>,
): Promise<Result> {
  try {
    return await ask()
  } catch (cause) {
    throw new NoAnswerError(url, cause)
  }
}
