import { TestS3Error } from '../model/test-s3-error.js'
import type { ParsedRequest } from './parsed-request.js'

/** What only Signature Version 2 has, as parameters of a URL or, in lower case, as fields of a form. */
const version2 = /^(?:AWSAccessKeyId|Signature)$/i

/**
 * Refuses a request that is signed with Signature Version 2, before its parameters are taken for something else.
 *
 * @throws TestS3Error `InvalidRequest`
 */
export function requireVersion4({ headers, query }: ParsedRequest): void {
  const isOld = headers.get('authorization')?.startsWith('AWS ') ?? false
  if (isOld || [...query.keys()].some((name) => version2.test(name))) throw oldVersion()
}

/**
 * Refuses a form that is signed with Signature Version 2.
 *
 * @throws TestS3Error `InvalidRequest`
 */
export function requireVersion4Form(fields: ReadonlyMap<string, string>): void {
  if ([...fields.keys()].some((name) => version2.test(name))) throw oldVersion()
}

function oldVersion(): TestS3Error {
  return new TestS3Error(
    'InvalidRequest',
    'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256 (Signature Version 4).',
  )
}
