import type { Mutant } from './mutant.js'

/** Bugs of the requests to the signing endpoint. */
export const endpointMutants: readonly Mutant[] = [
  {
    name: 'endpoint-is-waited-for-for-ever',
    rule: 'An endpoint that does not answer is asked again.',
    file: 'src/upload/endpoint/endpoint-request.ts',
    find: 'anySignal([signal], { timeoutMs: answerTimeoutMs, runtime })',
    put: 'anySignal([signal])',
  },
  {
    name: 'retry-after-is-ignored',
    rule: 'The endpoint is asked again no sooner than it says by Retry-After.',
    file: 'src/upload/endpoint/retry-after.ts',
    find: 'return seconds > 0 && Number.isFinite(seconds) ? seconds : undefined',
    put: 'return seconds > Number.MAX_VALUE ? seconds : undefined',
  },
  {
    name: 'every-file-signs-in',
    rule: 'When the session has ended, onUnauthorized is called once for all files.',
    file: 'src/upload/endpoint/session-renewal.ts',
    find: 'renewal ??= succeeds(onUnauthorized)',
    put: 'renewal = succeeds(onUnauthorized)',
  },
  {
    name: 'nobody-signs-in',
    rule: 'A request that was refused goes on when onUnauthorized resolves.',
    file: 'src/upload/endpoint/session-renewal.ts',
    find: 'if (!isUnauthorized(error) || !onUnauthorized ||',
    put: 'if (isUnauthorized(error) || !onUnauthorized ||',
  },
  {
    name: 'pending-is-final',
    rule: 'While S3 puts the parts together, the server is asked again.',
    file: 'src/upload/endpoint/confirmation-batches.ts',
    find: 'return item.pendingMs > maxPendingMs ?',
    put: 'return item.pendingMs > 0 ?',
  },
  {
    name: 'page-of-a-proxy-is-final',
    rule: 'A proxy’s page is no answer: the endpoint is asked again.',
    file: 'src/upload/endpoint/endpoint-answer.ts',
    find: 'if (isTransient(response.status)) return true',
    put: 'if (isTransient(response.status)) return false',
  },
]
