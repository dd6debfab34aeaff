import { parseSize } from '../protocol/byte-size.js'
import type { BucketLocation } from '../s3/endpoint.js'
import type { CredentialsSource } from '../sigv4/credentials.js'
import { optionProblems } from './check-options.js'
import { withFinalSlash } from './object-key-naming.js'
import { once } from './once.js'
import { type ProviderPreset, presetOf } from './provider-presets.js'
import { createReporter, reportOnce } from './report-error.js'
import { type SigningOptions, signingDefaults } from './signing-options.js'
import { sleep } from './sleep.js'
import { importTokenKeys, type TokenKey } from './token.js'
import { type ResolvedRules, resolveRules } from './upload-rules.js'

/** Which files go in parts, and how large those are at least. */
export interface MultipartConfig {
  readonly thresholdBytes: number
  readonly minPartSizeBytes: number
  readonly maxPartSizeBytes: number
}

/** A handler's options, checked, with every default filled in. */
export interface SigningConfig {
  readonly location: BucketLocation
  readonly credentials: CredentialsSource
  /** Imported once, at the first request. */
  readonly tokenKeys: () => readonly TokenKey[]
  /** Empty, or ending in `/`. */
  readonly prefix: string
  readonly name: string
  readonly authorize: SigningOptions['authorize']
  readonly rules: ResolvedRules
  readonly method: 'POST' | 'PUT'
  readonly overwrite: 'refuse' | 'allow'
  /** The same for the completion of a multipart upload, which fewer providers can be asked to refuse. */
  readonly completionOverwrite: 'refuse' | 'allow'
  /** Whether a posted form stores `Content-Disposition`. */
  readonly keepsPostedDisposition: boolean
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
  readonly onUploadComplete: SigningOptions['onUploadComplete']
  /** Never throws. */
  readonly onError: (error: unknown) => void
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
export function resolveOptions(options: SigningOptions): SigningConfig {
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
    rules: resolveRules(
      options.rules ?? {},
      multipart ? preset.maxObjectBytes : preset.maxSingleBytes,
    ),
    method: resolveMethod(options, preset),
    overwrite,
    completionOverwrite: preset.conditionalCompletion ? overwrite : 'allow',
    keepsPostedDisposition: preset.keepsPostedDisposition,
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
    reportUnlistable: reportOnce(onError),
    fetch: options.fetch ?? ((request) => fetch(request)),
    now: options.now ?? (() => new Date()),
    randomBytes: options.randomBytes ?? randomBytes,
    sleep,
    completionTimeoutMilliseconds: 15_000,
    tidyingTimeoutMilliseconds: 3000,
  }
}

function resolveMethod({ method, unclaimed }: SigningOptions, preset: ProviderPreset) {
  const isTagUnbound = unclaimed === 'tag' && preset.tags === 'not-in-forms'
  return method ?? (isTagUnbound ? 'PUT' : preset.method)
}

function resolveMultipart(
  {
    multipartThreshold = signingDefaults.multipartThreshold,
    partSize = signingDefaults.partSize,
  }: SigningOptions,
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
