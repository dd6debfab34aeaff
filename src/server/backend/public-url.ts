import { type BucketAddress, publicLocationOf } from '../../s3/bucket-location.js'
import { objectUrl, requireLocation } from '../../s3/endpoint.js'
import { encodeObjectKey, objectKeyProblem } from '../../s3/object-key.js'
import { addressChecks } from '../config/address-checks.js'
import { failedChecks } from '../config/checks.js'

/** A public bucket, or the address under which its objects are served, and one of its objects. */
export type PublicUrlOptions = (BucketAddress | PublicAddress) & {
  /** The object's whole key. */
  readonly key: string
}

/** Where a CDN or a domain of yours serves a bucket. */
export interface PublicAddress {
  /** The URL that stands before every key, such as `https://cdn.example.com`. */
  readonly baseUrl: string
}

/**
 * Makes the URL of an object that everybody may read. Nothing is signed, and S3 is not asked.
 *
 * @example
 * publicUrl({ bucket: 'photos', region: 'eu-west-1', key: 'a b/é+1.jpg' })
 * // https://photos.s3.eu-west-1.amazonaws.com/a%20b/%C3%A9%2B1.jpg
 * publicUrl({ baseUrl: 'https://cdn.example.com', key: 'a b/é+1.jpg' })
 * // https://cdn.example.com/a%20b/%C3%A9%2B1.jpg
 * @throws TypeError when the key has no URL of its own, or the address is none.
 */
export function publicUrl(options: PublicUrlOptions): string {
  const { key } = options
  const problem = typeof key === 'string' ? objectKeyProblem(key) : 'is not text'
  if (problem !== undefined) {
    throw new TypeError(`s3-direct-upload: the key of the public URL ${problem}. Pass another key.`)
  }
  return 'baseUrl' in options && options.baseUrl !== undefined
    ? `${addressOf(options.baseUrl)}/${encodeObjectKey(key)}`
    : bucketObjectUrl(options as BucketAddress, key)
}

function bucketObjectUrl(address: BucketAddress, key: string): string {
  const problems = failedChecks({ ...address }, addressChecks, '')
  if (problems.length > 0) {
    const list = problems.map((problem) => `\n- ${problem}`).join('')
    throw new TypeError(`s3-direct-upload: publicUrl cannot use these options.${list}`)
  }
  requireLocation(address)
  return objectUrl(publicLocationOf(address), key).href
}

function addressOf(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (url !== undefined && isWeb && url.search === '' && url.hash === '') {
    return url.href.replace(/\/+$/, '')
  }
  throw new TypeError(
    `s3-direct-upload: the baseUrl "${baseUrl}" is no address that keys can follow. ` +
      'Write it with its scheme and without "?" or "#": "https://cdn.example.com/files".',
  )
}
