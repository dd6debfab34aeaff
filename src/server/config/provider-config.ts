import { parseSize } from '../../protocol/byte-size.js'
import {
  type BucketAddress,
  type BucketLocation,
  publicLocationOf,
  serverLocationOf,
} from '../../s3/bucket-location.js'
import { minPartBytes } from '../../s3/limits.js'
import type { ProviderOptions } from '../contract/provider-options.js'
import type { SigningOptions } from '../contract/signing-options.js'
import { type ProviderPreset, presetOf } from './provider-presets.js'
import { signingDefaults } from './signing-defaults.js'

/** Which files go in parts, and how large those are at least. */
export interface MultipartConfig {
  readonly thresholdBytes: number
  readonly minPartSizeBytes: number
  readonly maxPartSizeBytes: number
  /** From which size on a page may wish for parts; after a request that broke, from S3's smallest part on. */
  readonly wishThresholdBytes: number
}

/** Where the objects lie, what the storage can do, and what becomes of unclaimed objects. */
export interface ProviderConfig {
  /** Of the server's own requests. */
  readonly location: BucketLocation
  /** Of what pages are given. */
  readonly publicLocation: BucketLocation
  /** The largest file that the storage itself takes. */
  readonly storageLimitBytes: number
  readonly method: 'POST' | 'PUT'
  readonly overwrite: 'refuse' | 'allow'
  /** The same for the completion of a multipart upload, which fewer providers can be asked to refuse. */
  readonly completionOverwrite: 'refuse' | 'allow'
  /** Whether an object can be deleted on condition of its ETag. */
  readonly conditionalDeletion: boolean
  /** Whether a posted form stores `Content-Disposition`. */
  readonly keepsPostedDisposition: boolean
  /** Whether the policy of a form holds the page to the tags in it. */
  readonly bindsPostedTags: boolean
  /** Whether uploads are born with a tag, and what removes it. */
  readonly unclaimed: 'keep' | 'tag'
  readonly claim: 'on-complete' | 'by-app'
  /** Left out where no file goes in parts. */
  readonly multipart: MultipartConfig | undefined
  readonly checksums: boolean
  /** Whether no file is signed without the checksum of its bytes. */
  readonly requireChecksum: boolean
}

type MultipartOptions = Pick<SigningOptions, 'multipartThreshold' | 'partSize'>

/** The options that depend on whose storage it is. */
type StorageDependentOptions = BucketAddress &
  ProviderOptions &
  MultipartOptions &
  Pick<SigningOptions, 'method' | 'overwrite' | 'checksums' | 'requireChecksum'>

/** Fills in what suits the provider where the options say nothing. */
export function resolveProvider(options: StorageDependentOptions): ProviderConfig {
  const preset = presetOf(options.provider)
  const address = { ...options, forcePathStyle: options.forcePathStyle ?? preset.forcePathStyle }
  const overwrite = options.overwrite ?? preset.overwrite
  const multipart = resolveMultipart(options, preset)
  return {
    location: serverLocationOf(address),
    publicLocation: publicLocationOf(address),
    storageLimitBytes: multipart ? preset.maxObjectBytes : preset.maxSingleBytes,
    method: options.method ?? (options.contentCheck ? 'PUT' : preset.method),
    overwrite,
    completionOverwrite: preset.conditionalCompletion ? overwrite : 'allow',
    conditionalDeletion: preset.conditionalDeletion,
    keepsPostedDisposition: preset.keepsPostedDisposition,
    bindsPostedTags: preset.tags !== 'not-in-forms',
    unclaimed: options.unclaimed ?? signingDefaults.unclaimed,
    claim: options.claim ?? signingDefaults.claim,
    multipart,
    checksums: options.checksums ?? preset.checksums,
    requireChecksum: options.requireChecksum ?? signingDefaults.requireChecksum,
  }
}

function resolveMultipart(
  { multipartThreshold: givenThreshold, partSize = signingDefaults.partSize }: MultipartOptions,
  { maxSingleBytes, maxPartBytes }: ProviderPreset,
): MultipartConfig | undefined {
  const thresholdBytes = parseSize(givenThreshold ?? signingDefaults.multipartThreshold)
  const minPartSizeBytes = parseSize(partSize)
  if (thresholdBytes === undefined || minPartSizeBytes === undefined) return undefined
  // One request takes no larger file.
  return {
    thresholdBytes: Math.min(thresholdBytes, maxSingleBytes + 1),
    minPartSizeBytes,
    maxPartSizeBytes: maxPartBytes,
    wishThresholdBytes: givenThreshold === undefined ? minPartBytes : thresholdBytes,
  }
}
