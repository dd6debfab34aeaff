import { gibibyte } from '../../s3/byte-units.js'
import { maxObjectBytes, maxPartBytes, maxSinglePutBytes } from '../../s3/limits.js'
import type { Provider } from '../contract/provider-options.js'

/** What a storage service can do, as far as uploads depend on it. */
export interface ProviderPreset {
  /** How files below the multipart threshold are sent. */
  readonly method: 'POST' | 'PUT'
  /** Whether the service has POST Object; `unknown` leaves the choice to the app. */
  readonly forms: 'yes' | 'no' | 'unknown'
  /** Whether a posted form stores `Content-Disposition`; where not, files that need one are sent by PUT. */
  readonly keepsPostedDisposition: boolean
  readonly overwrite: 'refuse' | 'allow'
  /** Whether CompleteMultipartUpload may be sent with `If-None-Match: *`. */
  readonly conditionalCompletion: boolean
  /** Whether DeleteObject may be sent with `If-Match`. */
  readonly conditionalDeletion: boolean
  readonly checksums: boolean
  /** Where tags can be given at birth and bound by the signature. */
  readonly tags: 'everywhere' | 'not-in-forms' | 'nowhere' | 'unknown'
  /** The largest file in one request, in bytes. */
  readonly maxSingleBytes: number
  readonly maxPartBytes: number
  readonly maxObjectBytes: number
  /** Left out where the bucket stands in the host, unless the app has an endpoint of its own. */
  readonly forcePathStyle?: boolean
  /** Whether there is an endpoint to fall back on: Amazon's. */
  readonly needsEndpoint: boolean
}

const aws: ProviderPreset = {
  // A form goes to the URL of the bucket, so that one preflight serves every file.
  // https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
  method: 'POST',
  forms: 'yes',
  keepsPostedDisposition: true,
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
  overwrite: 'refuse',
  conditionalCompletion: true,
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
  conditionalDeletion: true,
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
  checksums: true,
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
  tags: 'everywhere',
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
  maxSingleBytes: maxSinglePutBytes,
  maxPartBytes,
  maxObjectBytes,
  needsEndpoint: false,
}

/**
 * What each provider gets where the options say nothing.
 *
 * Parts are of equal size but for the last with every provider, because R2 insists on it.
 * https://developers.cloudflare.com/r2/objects/multipart-objects/
 */
export const providerPresets = {
  aws,
  r2: {
    ...aws,
    // "POST … is not currently supported." https://developers.cloudflare.com/r2/api/s3/presigned-urls/
    method: 'PUT',
    forms: 'no',
    // Conditions are listed for PutObject, and not for CompleteMultipartUpload.
    // https://developers.cloudflare.com/r2/api/s3/api/
    conditionalCompletion: false,
    conditionalDeletion: false,
    // The same page lists SHA-256 for objects of parts alone; a PUT has one of the full object.
    checksums: false,
    // It lists no operation for object tags.
    tags: 'nowhere',
    // 4.995 GiB, and 4.995 TiB. https://developers.cloudflare.com/r2/platform/limits/
    maxSingleBytes: Math.floor(4.995 * gibibyte),
    maxPartBytes: Math.floor(4.995 * gibibyte),
    maxObjectBytes: Math.floor(4.995 * 1024 * gibibyte),
    // `<account>.r2.cloudflarestorage.com/<bucket>`: one host for which the browser needs a connection.
    forcePathStyle: true,
    needsEndpoint: true,
  },
  minio: {
    ...aws,
    // Its policies do not bind the field `tagging`: a page could leave the tag out.
    // https://github.com/minio/minio/issues/21648
    tags: 'not-in-forms',
    conditionalDeletion: false,
    // Without a domain of its own, MinIO does not look for the bucket in the host.
    // https://min.io/docs/minio/linux/reference/minio-server/settings/core.html
    forcePathStyle: true,
    needsEndpoint: true,
  },
  ceph: {
    ...aws,
    // The gateway ignores the field: a page that runs script would be served inline.
    // Observed with 16.2 and 20.2, see test/testing/real-s3-exceptions.ts.
    keepsPostedDisposition: false,
    // Before version 20 it ignores checksums and the condition on a completion; both do no harm there.
    checksums: true,
    conditionalCompletion: true,
    conditionalDeletion: false,
    // `rgw dns name` is seldom set. https://docs.ceph.com/en/latest/radosgw/s3/commons/
    forcePathStyle: true,
    needsEndpoint: true,
  },
  /**
   * Backblaze B2, OVH, and every service about which nothing is known: what all of them have, and nothing that one of
   * them refuses. B2 has no POST Object and refuses `x-amz-tagging`; OVH has no POST Object.
   * https://www.backblaze.com/docs/cloud-storage-call-the-s3-compatible-api
   * https://www.backblaze.com/apidocs/s3-copy-object
   * https://github.com/ovh/public-cloud-roadmap/issues/317
   */
  generic: {
    ...aws,
    method: 'PUT',
    forms: 'unknown',
    // A service that answers 501 to a condition would take no file at all.
    overwrite: 'allow',
    conditionalCompletion: false,
    conditionalDeletion: false,
    // Several refuse `x-amz-checksum-…`, as the SDKs' new default has shown.
    // https://github.com/aws/aws-sdk-js-v3/issues/6810
    checksums: false,
    tags: 'unknown',
    needsEndpoint: true,
  },
} as const satisfies Record<Provider, ProviderPreset>

/** Finds what a provider can do. */
export function presetOf(provider: Provider = 'aws'): ProviderPreset {
  return providerPresets[provider]
}
