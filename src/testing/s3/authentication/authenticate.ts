import type { ParsedRequest } from '../http/parsed-request.js'
import { TestS3Error } from '../model/test-s3-error.js'
import type { Authentication, AuthenticationFacts } from './authentication.js'
import { authenticateHeader } from './header-authentication.js'
import { authenticateQuery } from './query-authentication.js'

/**
 * Verifies the signature of a request, in its header or in its query.
 *
 * @throws TestS3Error with the code that S3 gives for what is wrong.
 */
export function authenticate(facts: AuthenticationFacts, request: ParsedRequest): Authentication {
  const { headers, query } = request
  const hasHeader = headers.has('authorization')
  const hasQuery = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature'].some((name) =>
    query.has(name),
  )
  if (hasHeader && hasQuery) {
    throw new TestS3Error(
      'InvalidArgument',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
      { ArgumentName: 'Authorization' },
    )
  }
  if (hasHeader) return authenticateHeader(facts, request)
  if (hasQuery) return authenticateQuery(facts, request)
  throw new TestS3Error('AccessDenied', 'Access Denied')
}
