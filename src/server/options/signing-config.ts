import { parseSize } from '../../protocol/byte-size.js'
import type { BucketLocation } from '../../s3/endpoint.js'
import type { CredentialsSource } from '../../sigv4/credentials.js'
import type { Caller } from '../caller.js'
import { createReporter, reportOnce } from '../events/report-error.js'
import { createEventReporter, type SigningEvent } from '../events/signing-event.js'
import type { JsonObject } from '../json.js'
import { withFinalSlash } from '../objects/object-key-naming.js'
import { once } from '../once.js'
import { sleep } from '../sleep.js'
import { importTokenKeys, type TokenKey } from '../tokens/token.js'
import { optionProblems } from './check-options.js'
import { type ProviderPreset, presetOf } from './provider-presets.js'
import { type SigningOptions, signingDefaults } from './signing-options.js'
import type { UploadHooks } from './upload-hooks.js'

/** Which files go in parts, and how large those are at least. */
export interface MultipartConfig {
  readonly thresholdBytes: number
  readonly minPartSizeBytes: number
  readonly maxPartSizeBytes: number
}

/** The app's functions, whatever caller and metadata they are written for. */
type Hooks = UploadHooks<Caller, JsonObject>

/** A handler's options, checked, with every default filled in. */
export interface SigningConfig
  extends Pick<Hooks, 'quota' | 'maxOpenUploads' | 'key' | 'metadata' | 'storage'> {
  readonly location: BucketLocation
  readonly credentials: CredentialsSource
  /** Imported once, at the first request. */
  readonly tokenKeys: () => readonly TokenKey[]
  /** Empty, or ending in `/`. */
  readonly prefix: string
  readonly name: string
  readonly authorize: SigningOptions['authorize']
  readonly rules: Hooks['rules']
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
  readonly contentCheck: SigningOptions['contentCheck']
  /** Left out where no file goes in parts. */
  readonly multipart: MultipartConfig | undefined
  readonly checksums: boolean
  readonly allowedOrigins: ReadonlySet<string>
  readonly publicOrigin: string | undefined
  readonly signatureLifetimeSeconds: number
  readonly tokenLifetimeSeconds: number
  readonly multipartTokenLifetimeSeconds: number
  readonly receiptLifetimeSeconds: number
  readonly downloadLifetimeSeconds: number
  /** Left out where nobody may download. */
  readonly authorizeDownload: SigningOptions['authorizeDownload']
  readonly onUploadComplete: Hooks['onUploadComplete']
  /** Never throws. */
  readonly onError: (error: unknown) => void
  /** Tells `onEvent`; never throws. */
  readonly reportEvent: (event: SigningEvent) => void
  /** Tells `onError`, but only once, that S3 refuses to list open uploads. */
  readonly reportUnlistable: (error: unknown) => void
  readonly fetch: (request: Request) => Promise<Response>
  readonly now: () => Date
  readonly randomBytes: (length: number) => Uint8Array
  /** Waits before S3 is asked again. */
  readonly sleep: (milliseconds: number) => Promise<void>
  /** How long one request waits for S3 to put an upload's parts together. */
  readonly completionTimeoutMilliseconds: number
  /** How long a completion waits until nothing else is open under its key. */
  readonly tidyingTimeoutMilliseconds: number
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws TypeError with all problems in one message, one line each.
 */
export function resolveOptions<AppCaller extends Caller, Metadata extends JsonObject, Result>(
  typedOptions: SigningOptions<AppCaller, Metadata, Result>,
): SigningConfig {
  // The hooks get the very caller that `authorize` returned, and the very metadata that the schema did.
  const options = typedOptions as unknown as SigningOptions<Caller, JsonObject>
  const problems = optionProblems(options)
  if (problems.length > 0) {
    const list = problems.map((problem) => `\n- ${problem}`).join('')
    throw new TypeError(
      `s3-direct-upload: createSigningHandler cannot start with these options.${list}`,
    )
  }
  const { bucket, region, endpoint, secret } = options
  const defaults = signingDefaults
  const preset = presetOf(options.provider)
  const multipart = resolveMultipart(options, preset)
  const overwrite = options.overwrite ?? preset.overwrite
  const onError = createReporter(options.onError)
  return {
    location: {
      bucket,
      region,
      endpoint,
      forcePathStyle: options.forcePathStyle ?? preset.forcePathStyle,
    },
    credentials: options.credentials,
    tokenKeys: once(() => importTokenKeys([secret].flat())),
    prefix: withFinalSlash(options.prefix ?? defaults.prefix),
    name: options.name ?? defaults.name,
    authorize: options.authorize,
    rules: options.rules,
    storageLimitBytes: multipart ? preset.maxObjectBytes : preset.maxSingleBytes,
    quota: options.quota,
    maxOpenUploads: options.maxOpenUploads,
    key: options.key,
    metadata: options.metadata,
    storage: options.storage,
    method: options.method ?? preset.method,
    overwrite,
    completionOverwrite: preset.conditionalCompletion ? overwrite : 'allow',
    conditionalDeletion: preset.conditionalDeletion,
    keepsPostedDisposition: preset.keepsPostedDisposition,
    bindsPostedTags: preset.tags !== 'not-in-forms',
    unclaimed: options.unclaimed ?? defaults.unclaimed,
    claim: options.claim ?? defaults.claim,
    contentCheck: options.contentCheck,
    multipart,
    checksums: options.checksums ?? preset.checksums,
    allowedOrigins: new Set(options.allowedOrigins ?? defaults.allowedOrigins),
    publicOrigin: options.publicOrigin,
    signatureLifetimeSeconds: options.signatureLifetimeSeconds ?? defaults.signatureLifetimeSeconds,
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? defaults.tokenLifetimeSeconds,
    multipartTokenLifetimeSeconds:
      options.multipartTokenLifetimeSeconds ?? defaults.multipartTokenLifetimeSeconds,
    receiptLifetimeSeconds: options.receiptLifetimeSeconds ?? defaults.receiptLifetimeSeconds,
    downloadLifetimeSeconds: options.downloadLifetimeSeconds ?? defaults.downloadLifetimeSeconds,
    authorizeDownload: options.authorizeDownload,
    onUploadComplete: options.onUploadComplete,
    onError,
    reportEvent: createEventReporter(options.onEvent, onError),
    reportUnlistable: reportOnce(onError),
    fetch: options.fetch ?? ((request) => fetch(request)),
    now: options.now ?? (() => new Date()),
    randomBytes: options.randomBytes ?? randomBytes,
    sleep,
    completionTimeoutMilliseconds: 15_000,
    tidyingTimeoutMilliseconds: 3000,
  }
}

function resolveMultipart(
  {
    multipartThreshold = signingDefaults.multipartThreshold,
    partSize = signingDefaults.partSize,
  }: Pick<SigningOptions, 'multipartThreshold' | 'partSize'>,
  { maxSingleBytes, maxPartBytes }: ProviderPreset,
): MultipartConfig | undefined {
  const thresholdBytes = parseSize(multipartThreshold)
  const minPartSizeBytes = parseSize(partSize)
  if (thresholdBytes === undefined || minPartSizeBytes === undefined) return undefined
  // One request takes no larger file.
  return {
    thresholdBytes: Math.min(thresholdBytes, maxSingleBytes + 1),
    minPartSizeBytes,
    maxPartSizeBytes: maxPartBytes,
  }
}

function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}
