import { TestS3Error } from '../model/test-s3-error.js'
import type { ServiceCall } from '../operations/operation-call.js'
import type { Authentication } from './authentication.js'
import { authenticateHeader } from './header-authentication.js'
import { authenticateQuery } from './query-authentication.js'

/**
 * Verifies the signature of a request, in its header or in its query.
 *
 * @throws TestS3Error with the code that S3 gives for what is wrong.
 */
export function authenticate(call: ServiceCall): Authentication {
  const { headers, query } = call.request
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
  if (hasHeader) return authenticateHeader(call)
  if (hasQuery) return authenticateQuery(call)
  throw new TestS3Error('AccessDenied', 'Access Denied')
}
