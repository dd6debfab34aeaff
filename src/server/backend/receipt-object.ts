import { systemRuntime } from '../../async/runtime.js'
import { type BucketLocation, serverLocationOf } from '../../s3/bucket-location.js'
import type { CredentialsSource } from '../../s3-client/credentials-source.js'
import type { ObjectHead } from '../../s3-client/head-object.js'
import { addressChecks, credentialsCheck } from '../config/address-checks.js'
import { type Check, failedChecks } from '../config/option-checks.js'
import { isFunction, isObject, optional } from '../config/option-values.js'
import { type Provider, presetOf } from '../config/provider-presets.js'
import type { JsonObject } from '../contract/json.js'
import { ReceiptError } from '../errors/receipt-error.js'
import { createStorageClient, type StorageClient } from '../storage/storage-client.js'
import type { Receipt } from '../tokens/receipt.js'

/** Where the object of a receipt lies; the options of a signing handler, or `configFromEnv()`, fit. */
export interface ReceiptStorage extends Omit<BucketLocation, 'bucket'> {
  /** @default 'aws' */
  readonly provider?: Provider
  /** An access key, or any `AwsCredentialIdentityProvider` of the AWS SDK. */
  readonly credentials: CredentialsSource
  /** @default globalThis.fetch */
  readonly fetch?: (request: Request) => Promise<Response>
}

/**
 * Opens the bucket that a receipt names.
 *
 * @throws TypeError when it is not said where that lies, or in a way that cannot be right.
 */
export function openReceiptStorage(
  bucket: string,
  storage: ReceiptStorage,
  now: () => Date,
): StorageClient {
  requireStorage(storage)
  const { provider, credentials } = storage
  const forcePathStyle = storage.forcePathStyle ?? presetOf(provider).forcePathStyle
  return createStorageClient({
    location: serverLocationOf({ ...storage, bucket, forcePathStyle }),
    credentials,
    fetch: storage.fetch ?? ((request) => fetch(request)),
    now,
    runtime: systemRuntime,
  })
}

// The receipt names the bucket.
const { bucket: _, ...placeChecks } = addressChecks

const storageChecks: Readonly<Record<string, Check>> = {
  ...placeChecks,
  credentials: credentialsCheck,
  fetch: [optional(isFunction), 'must be a function, or left out.'],
}

/** From JavaScript, or from a variable that is not set, anything may come. */
function requireStorage(storage: unknown): void {
  const problems = isObject(storage)
    ? failedChecks(storage, storageChecks, 's3.')
    : ['s3: does not say where the object lies. Pass the options of the signing handler.']
  if (problems.length === 0) return
  const list = problems.map((problem) => `\n- ${problem}`).join('')
  throw new TypeError(`s3-direct-upload: the object of the receipt cannot be looked at.${list}`)
}

/**
 * Looks whether the object is still the one that the receipt is about.
 *
 * @throws ReceiptError `object-missing` or `object-changed`
 * @throws SigningError when S3 does not answer, or refuses.
 */
export async function requireSameObject(
  receipt: Receipt<JsonObject>,
  s3: StorageClient,
): Promise<void> {
  const stored = await s3.headObject({ key: receipt.key })
  if (stored === undefined) throw new ReceiptError('object-missing')
  if (!isObjectOf(receipt, stored)) throw new ReceiptError('object-changed')
}

/** Tells whether a stored object is the one that a receipt is about. */
export function isObjectOf(
  { etag, size, versionId }: Receipt<JsonObject>,
  stored: ObjectHead,
): boolean {
  // The same bytes put there again are another version, with the same ETag.
  const isVersion = versionId === undefined || stored.versionId === versionId
  return stored.etag === etag && stored.size === size && isVersion
}
