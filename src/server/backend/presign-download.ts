import { systemRuntime } from '../../async/runtime.js'
import { publicLocationOf } from '../../s3/bucket-location.js'
import { toDate } from '../../s3/date-text.js'
import { requireLocation } from '../../s3/endpoint.js'
import { servedKeyProblem } from '../../s3/object-key.js'
import { requireDownloadOptions } from '../config/check-download.js'
import { signingDefaults } from '../config/signing-defaults.js'
import type { PresignDownloadOptions } from '../contract/presign-options.js'
import { withFinalSlash } from '../objects/object-key-naming.js'
import { signGet } from '../operations/signing/sign-get.js'
import { fetchSigningCredentials } from '../storage/signing-credentials.js'

/**
 * Makes a URL with which anybody can download one object for a while, in the form of `aws s3 presign`.
 *
 * For your own routes: check first that the user may have the object. S3 is not asked whether it is there.
 *
 * @example
 * const url = await presignDownload({ ...configFromEnv(), key: invoice.key, name: 'Rechnung März.pdf' })
 * return Response.redirect(url)
 * @throws TypeError when an option is not known or unusable, the key is none that S3 can serve, or is outside the prefix.
 * @throws RangeError when `expiresInSeconds` is not a whole number from 1 to 604,800.
 * @throws SigningError `misconfigured` when there are no credentials; `storage-error` when their provider failed, or they
 * have expired.
 */
export async function presignDownload(options: PresignDownloadOptions): Promise<string> {
  requireDownloadOptions(options)
  requireLocation(options)
  const { prefix = '', credentials: source, key } = options
  const { expiresInSeconds = signingDefaults.downloadLifetimeSeconds } = options
  const { disposition, name, contentType, cacheControl, versionId } = options
  requireKeyBelow(prefix, key)
  const now = options.now?.() ?? toDate(systemRuntime.wallNow())
  const { credentials, remainingSeconds } = await fetchSigningCredentials(source, now)
  return signGet(
    { key, disposition, name, contentType, cacheControl, versionId },
    {
      location: publicLocationOf(options),
      credentials,
      expiresInSeconds: Math.min(expiresInSeconds, remainingSeconds),
      now,
    },
  )
}

function requireKeyBelow(prefix: string, key: string): void {
  const problem = servedKeyProblem(key)
  if (problem !== undefined) {
    throw new TypeError(`s3-direct-upload: the key of the download ${problem}. Pass another key.`)
  }
  if (key.startsWith(withFinalSlash(prefix))) return
  throw new TypeError(
    's3-direct-upload: the key of the download does not start with the prefix, so it may be of another app. ' +
      'Pass the whole key, or another prefix.',
  )
}
