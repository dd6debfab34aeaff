import { readAnswer, type S3Answer } from './s3-answer.js'
import type { S3Connection } from './s3-connection.js'
import { comparesValues, namesHeader } from './s3-wording.js'
import { type S3Request, send } from './send.js'

/** A request, and headers of it that S3 knows and some services refuse. */
interface OptionalHeaders {
  readonly request: Omit<S3Request<S3Answer>, 'read'>
  readonly optional: Readonly<Record<string, string>>
  /** Reads the answer. @default readAnswer */
  readonly read?: (response: Response) => Promise<S3Answer>
}

/** With these, services refuse a header that they do not know. */
const unspecificCodes: ReadonlySet<string | undefined> = new Set([
  undefined,
  'BadRequest',
  'InvalidArgument',
  'InvalidHeader',
  'InvalidRequest',
  'UnsupportedHeader',
])

/** Sends a request with headers that it can do without, and once more without them where the service refuses them. */
export async function sendWithOptional(
  { request, optional, read = readAnswer }: OptionalHeaders,
  connection: S3Connection,
): Promise<S3Answer> {
  const headers = { ...request.headers, ...optional }
  const answer = await send({ ...request, headers, read }, connection)
  if (!refusesHeader(answer, Object.keys(optional))) return answer
  return send({ ...request, read }, connection)
}

/**
 * Tells whether a service may have refused a request because of these headers: it does not know them, or says in no other
 * way what is wrong. What it says of their values is another matter.
 */
export function refusesHeader(
  { status, error }: Pick<S3Answer, 'status' | 'error'>,
  names: readonly string[],
): boolean {
  if (status === 501 || error?.code === 'NotImplemented') return true
  if (status !== 400) return false
  if (namesHeader(error, names)) return !comparesValues(error)
  return unspecificCodes.has(error?.code)
}
