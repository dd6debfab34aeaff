import { classifyRefusal, demandsChecksum, type StorageCause } from '../../s3/error-codes.js'
import { parseS3Error } from '../../s3/s3-error.js'
import { StorageError } from './upload-error.js'

/** What each cause means to a developer: what happened, then the way out. */
const explanations: Readonly<Record<StorageCause, string>> = {
  'file-too-large':
    'The storage takes no request this large. Lower multipartThreshold or partSize, or raise the limit of a proxy before it.',
  'file-too-small':
    'The storage takes no request this small. Raise partSize if it asks for larger parts; look for a proxy that cuts bodies off.',
  'storage-denied':
    'The storage denied the upload: the signed policy, the bucket policy or the credentials that signed do not permit it. Grant them s3:PutObject.',
  'signature-expired':
    'The signature, or the temporary credentials that made it, expired. Raise signatureLifetimeSeconds, or let the credentials live longer.',
  'signature-wrong':
    'The signature does not match the request. Check the secret key and the region of the server, and that no proxy changes host, path or headers.',
  'storage-key-unknown':
    'The storage does not know the access key or the session token of the server. Set all three AWS_… variables to one key.',
  'bucket-missing':
    'The bucket is not at this address. Check bucket, region and endpoint of createSigningHandler.',
  'checksum-mismatch':
    'The bytes that arrived are not those that were signed. Look for a proxy or an extension that changes bodies.',
  'upload-gone':
    'The multipart upload no longer exists: it was aborted, or a lifecycle rule of the bucket ended it. Let that rule wait longer.',
  'upload-cut-off':
    'The connection ended before all bytes had arrived. Try again, and look for a proxy that closes slow connections.',
  'storage-busy':
    'The storage is busy, or failed. Try again later, with a lower concurrency if this happens often.',
  'storage-slow':
    'The bytes came too slowly for the storage. Try again on a better line, or with a lower concurrency.',
  'storage-clock':
    'The clocks of the server and of the storage differ too much. Set that of the server by NTP.',
  'method-not-offered':
    'The storage does not offer this kind of upload. Set provider of createSigningHandler, or its method to POST or PUT.',
  'storage-rejected':
    'The storage rejected the upload. Run npx s3-direct-upload doctor, and look the code up in the documentation of the storage.',
}

const checksumDemanded = 'The bucket demands a checksum: set "checksum" on the uploader.'

/** The refusal in an answer of S3, read from its error code where there is one, else from its status. */
export function toStorageError({
  status,
  body,
}: {
  readonly status: number
  readonly body: string
}): StorageError {
  const error = parseS3Error(body)
  const { cause, remedy, congestion } = classifyRefusal({ status, error })
  const sentences = [
    demandsChecksum(error) ? checksumDemanded : explanations[cause],
    ...(error?.message ? [`S3 says: ${error.message}`] : []),
  ]
  const facts = [error?.code, `status ${status}`].filter(Boolean).join(', ')
  return new StorageError(`${sentences.join(' ')} (${facts})`, {
    code: cause,
    status,
    storageCode: error?.code,
    requestId: error?.requestId,
    retryable: remedy === 'retry' || remedy === 'sign-again',
    needsNewSignature: remedy === 'sign-again',
    isCongestion: congestion,
  })
}
