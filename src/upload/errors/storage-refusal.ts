import { parseS3Error } from '../../s3/s3-error.js'
import { StorageError } from './upload-error.js'

type Remedy = 'retry' | 'sign-again' | 'none'

interface Explanation {
  readonly sentence: string
  readonly remedy: Remedy
  /** Whether fewer requests at once may help. */
  readonly isCongestion?: boolean
}

/**
 * What S3's error codes mean to the person who uploads, and what may help.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const explanations: Readonly<Record<string, Explanation>> = {
  EntityTooLarge: { sentence: 'The file is larger than was permitted.', remedy: 'none' },
  EntityTooSmall: { sentence: 'The file is smaller than was announced.', remedy: 'none' },
  SignatureDoesNotMatch: {
    sentence:
      'The storage did not accept the permission for this upload: it was altered on the way, or the server signs with a wrong key.',
    remedy: 'none',
  },
  InvalidAccessKeyId: {
    sentence: 'The storage does not know the server’s access key.',
    remedy: 'none',
  },
  NoSuchBucket: { sentence: 'The bucket does not exist.', remedy: 'none' },
  // Or it was changed after its checksum was signed.
  BadDigest: { sentence: 'The file was damaged on the way.', remedy: 'sign-again' },
  NoSuchUpload: { sentence: 'The multipart upload no longer exists.', remedy: 'none' },
  IncompleteBody: { sentence: 'The file did not arrive in full.', remedy: 'retry' },
  RequestTimeout: {
    sentence: 'The connection was too slow for the storage.',
    remedy: 'retry',
    isCongestion: true,
  },
  InternalError: { sentence: 'The storage had an internal error.', remedy: 'retry' },
  SlowDown: { sentence: 'The storage is busy.', remedy: 'retry', isCongestion: true },
  ServiceUnavailable: { sentence: 'The storage is busy.', remedy: 'retry', isCongestion: true },
  OperationAborted: { sentence: 'The storage is busy with this object.', remedy: 'retry' },
  ConditionalRequestConflict: {
    sentence: 'The storage is busy with this object.',
    remedy: 'retry',
  },
  ExpiredToken: { sentence: 'The permission for this upload has expired.', remedy: 'sign-again' },
  InvalidToken: {
    sentence: 'The permission for this upload is no longer valid.',
    remedy: 'sign-again',
  },
  TokenRefreshRequired: {
    sentence: 'The permission for this upload has expired.',
    remedy: 'sign-again',
  },
  RequestTimeTooSkewed: {
    sentence: 'The clocks of the server and of the storage disagree.',
    remedy: 'sign-again',
  },
  NotImplemented: {
    sentence:
      'The storage does not offer this way of uploading: the server must be set to another (POST or PUT).',
    remedy: 'none',
  },
}

const expired: Explanation = {
  sentence: 'The permission for this upload has expired.',
  remedy: 'sign-again',
}

const transientStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504])

/** The refusal in an answer of S3, read from its error code where there is one, else from its status. */
export function toStorageError({
  status,
  body,
}: {
  readonly status: number
  readonly body: string
}): StorageError {
  const document = parseS3Error(body)
  const { sentence, remedy, isCongestion } = explain(status, document?.code, document?.message)
  const facts = [document?.code, `status ${status}`].filter(Boolean).join(', ')
  return new StorageError(`${sentence} (${facts})`, {
    status,
    storageCode: document?.code,
    requestId: document?.requestId,
    retryable: remedy !== 'none',
    needsNewSignature: remedy === 'sign-again',
    isCongestion,
  })
}

function explain(status: number, code: string | undefined, message = ''): Explanation {
  // AccessDenied covers an expired signature and a violated policy alike: only the message tells.
  if (code === 'AccessDenied') {
    if (/expired/i.test(message)) return expired
    return {
      sentence: `The storage refused the upload: ${message || 'access denied'}`,
      remedy: 'none',
    }
  }
  // A bucket with Object Lock: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
  if (code === 'InvalidRequest' && /Content-MD5|x-amz-checksum/i.test(message)) {
    return {
      sentence: `The bucket demands a checksum: set "checksum" on the uploader. ${message}`,
      remedy: 'none',
    }
  }
  const known = code && Object.hasOwn(explanations, code) ? explanations[code] : undefined
  if (known) return known
  if (transientStatuses.has(status)) {
    const isCongestion = status === 429 || status === 503
    return {
      sentence: 'The storage is not available at the moment.',
      remedy: 'retry',
      isCongestion,
    }
  }
  return {
    sentence: `The storage refused the upload${message ? `: ${message}` : '.'}`,
    remedy: 'none',
  }
}
