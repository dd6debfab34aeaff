import { fromBase64, toBase64 } from '../../../sigv4/crypto.js'
import { bytesIn } from '../checksums/checksums.js'
import type { Hashes } from '../checksums/hashes.js'
import type { S3OperationName } from '../http/operation-routes.js'
import { TestS3Error } from '../model/test-s3-error.js'
import { isKeptBy, notHeeded } from './operation-headers.js'

type Fields = ReadonlyMap<string, string>

const prefix = 'x-amz-server-side-encryption-customer-'
const sourcePrefix = 'x-amz-copy-source-server-side-encryption-customer-'
const keyBytes = 32

/**
 * Refuses encryption headers where they are wrong, and keys of the customer's own everywhere: no object has one here.
 *
 * @throws TestS3Error with S3's code for headers that are incomplete, wrong or out of place, else `NotImplemented`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-s3-c-encryption.html
 */
export function requireNoCustomerKey(
  operation: S3OperationName,
  fields: Fields,
  hashes: Hashes,
): void {
  if (hasKey(fields, sourcePrefix)) {
    requireCompleteKey(fields, sourcePrefix, hashes)
    throw notApplicable()
  }
  if (hasKey(fields, prefix)) {
    requireCompleteKey(fields, prefix, hashes)
    if (fields.has('x-amz-server-side-encryption')) {
      throw invalid(
        'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
      )
    }
    throw isKeptBy(operation, 'x-amz-server-side-encryption')
      ? notHeeded(`${prefix}key`)
      : notApplicable()
  }
  for (const name of [
    'x-amz-server-side-encryption',
    'x-amz-server-side-encryption-aws-kms-key-id',
  ]) {
    if (fields.has(name) && !isKeptBy(operation, name)) {
      throw invalid(`${name} header is not supported for this operation.`)
    }
  }
}

function hasKey(fields: Fields, start: string): boolean {
  return [...fields.keys()].some((name) => name.startsWith(start))
}

function requireCompleteKey(fields: Fields, start: string, hashes: Hashes): void {
  const [algorithm, key, md5] = ['algorithm', 'key', 'key-md5'].map((name) =>
    fields.get(`${start}${name}`),
  )
  const requests =
    'Requests specifying Server Side Encryption with Customer provided keys must provide'
  if (algorithm === undefined) throw invalid(`${requests} a valid encryption algorithm.`)
  if (algorithm !== 'AES256') {
    throw new TestS3Error(
      'InvalidEncryptionAlgorithmError',
      'The encryption request that you specified is not valid. The valid value is AES256.',
    )
  }
  if (key === undefined) throw invalid(`${requests} an appropriate secret key.`)
  if (md5 === undefined) throw invalid(`${requests} the client calculated MD5 of the secret key.`)
  if (bytesIn(key) !== keyBytes) {
    throw invalid('The secret key was invalid for the specified algorithm.')
  }
  const hash = hashes.md5()
  hash.update(fromBase64(key))
  if (toBase64(hash.digest()) === md5) return
  throw invalid('The calculated MD5 hash of the key did not match the hash that was provided.')
}

function notApplicable(): TestS3Error {
  return new TestS3Error(
    'InvalidRequest',
    'The encryption parameters are not applicable to this object.',
  )
}

function invalid(message: string): TestS3Error {
  return new TestS3Error('InvalidArgument', message)
}
