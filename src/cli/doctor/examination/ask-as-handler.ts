import { systemRuntime } from '../../../async/runtime.js'
import { isSuccess, readAnyAnswer, type S3Answer } from '../../../s3-client/s3-answer.js'
import { isSigningError } from '../../../server/errors/signing-error.js'
import { createStorageClient, type StorageClient } from '../../../server/storage/storage-client.js'
import { CredentialsError } from '../../bucket/credentials-error.js'
import { describeAnswer } from '../../bucket/judge-answer.js'
import { askStorage, NoAnswerError } from '../../bucket/no-answer-error.js'
import type { Doctor } from './doctor.js'

/** A request of the handler's client, and what the storage answered. */
interface Exchange {
  readonly request: Request
  readonly answer: S3Answer
}

/** What came of a call of the handler's client. */
export interface HandlerOutcome<Result> {
  /** Left out where the handler would refuse the upload. */
  readonly result?: Result
  /** To the last request of the call. */
  readonly answer: S3Answer
  /** Everything that was asked, in order. */
  readonly exchanges: readonly Exchange[]
}

/**
 * Asks the storage with the very client of the signing handler, so that its requests, its repetitions and what it reads are
 * those of the app's server.
 *
 * @throws NoAnswerError or CredentialsError, as the commands' own requests do.
 */
export async function askAsHandler<Result>(
  { bucket, terminal }: Pick<Doctor, 'bucket' | 'terminal'>,
  call: (s3: StorageClient) => Promise<Result>,
): Promise<HandlerOutcome<Result>> {
  const exchanges: Exchange[] = []
  const s3 = createStorageClient({
    location: bucket.location,
    credentials: bucket.credentials,
    now: terminal.now,
    runtime: systemRuntime,
    fetch: (request) =>
      askStorage(request.url, async () => {
        const response = await terminal.fetch(request)
        exchanges.push({ request, answer: await readAnyAnswer(response.clone()) })
        return response
      }),
  })
  try {
    return withLast(await call(s3), exchanges)
  } catch (error) {
    const cause = isSigningError(error) ? error.cause : error
    if (cause instanceof NoAnswerError || cause instanceof CredentialsError) throw cause
    if (isSigningError(error) && exchanges.length > 0) return withLast<Result>(undefined, exchanges)
    throw error
  }
}

/** Says which headers the client sent and then left out, because the storage refused them. */
export function droppedHeaders({ exchanges }: HandlerOutcome<unknown>): readonly string[] {
  return exchanges.flatMap(({ request, answer }, index) => {
    const next = exchanges[index + 1]?.request
    if (isSuccess(answer) || !next || next.url !== request.url || next.method !== request.method) {
      return []
    }
    const names = [...request.headers.keys()].filter((name) => !next.headers.has(name))
    if (names.length === 0) return []
    return [
      `The storage refuses ${names.join(', ')} (${describeAnswer(answer)}). The handler asks again without it; nothing has to be done.`,
    ]
  })
}

function withLast<Result>(
  result: Result | undefined,
  exchanges: readonly Exchange[],
): HandlerOutcome<Result> {
  const answer = exchanges.at(-1)?.answer
  if (answer === undefined) throw new Error('The storage was not asked.')
  return { answer, exchanges, ...(result !== undefined && { result }) }
}
