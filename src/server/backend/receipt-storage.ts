import type { Runtime } from '../../async/runtime.js'
import { isObject } from '../../protocol/is-object.js'
import { serverLocationOf } from '../../s3/bucket-location.js'
import { addressChecks, credentialsCheck } from '../config/address-checks.js'
import { failedChecks, isFunction, type OptionCheck, optional } from '../config/checks.js'
import { presetOf } from '../config/provider-presets.js'
import type { ReceiptStorage } from '../contract/receipt.js'
import { createStorageClient, type StorageClient } from '../storage/storage-client.js'

interface ReceiptCircumstances {
  /** The bucket that the receipt names. */
  readonly bucket: string
  readonly now: () => Date
  readonly runtime: Runtime
}

/**
 * Opens the bucket that a receipt names.
 *
 * @throws TypeError when it is not said where that lies, or in a way that cannot be right.
 */
export function openReceiptStorage(
  storage: ReceiptStorage,
  { bucket, now, runtime }: ReceiptCircumstances,
): StorageClient {
  requireStorage(storage)
  const { provider, credentials } = storage
  const forcePathStyle = storage.forcePathStyle ?? presetOf(provider).forcePathStyle
  return createStorageClient({
    location: serverLocationOf({ ...storage, bucket, forcePathStyle }),
    credentials,
    fetch: storage.fetch ?? ((request) => fetch(request)),
    now,
    runtime,
  })
}

// The receipt names the bucket.
const { bucket: _, ...placeChecks } = addressChecks

const storageChecks: Readonly<Record<string, OptionCheck>> = {
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
