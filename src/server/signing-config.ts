import { parseSize } from '../protocol/byte-size.js'
import type { BucketLocation } from '../s3/endpoint.js'
import { maxObjectBytes, maxSinglePutBytes } from '../s3/limits.js'
import type { CredentialsSource } from '../sigv4/credentials.js'
import type { Caller } from './caller.js'
import { optionProblems } from './check-options.js'
import type { JsonObject } from './json.js'
import { once } from './once.js'
import { createReporter, reportOnce } from './report-error.js'
import { createEventReporter, type SigningEvent } from './signing-event.js'
import { type SigningOptions, signingDefaults } from './signing-options.js'
import { sleep } from './sleep.js'
import { importTokenKeys, type TokenKey } from './token.js'
import type { UploadHooks } from './upload-hooks.js'

/** Which files go in parts, and how large those are at least. */
export interface MultipartConfig {
  readonly thresholdBytes: number
  readonly minPartSizeBytes: number
}

/** The app's functions, whatever caller and metadata they are written for. */
type Hooks = UploadHooks<Caller, JsonObject>

/** A handler's options, checked, with every default filled in. */
export interface SigningConfig
  extends Pick<Hooks, 'quota' | 'maxOpenUploads' | 'key' | 'metadata' | 'storage'> {
  readonly location: BucketLocation
  readonly credentials: CredentialsSource
  /** Imported once, at the first request. */
  readonly tokenKeys: () => Promise<readonly TokenKey[]>
  /** Empty, or ending in `/`. */
  readonly prefix: string
  readonly name: string
  readonly authorize: SigningOptions['authorize']
  readonly rules: Hooks['rules']
  /** The largest file that the storage itself takes. */
  readonly storageLimitBytes: number
  readonly method: 'POST' | 'PUT'
  readonly overwrite: 'refuse' | 'allow'
  /** Left out where no file goes in parts. */
  readonly multipart: MultipartConfig | undefined
  readonly checksums: boolean
  readonly allowedOrigins: ReadonlySet<string>
  readonly publicOrigin: string | undefined
  readonly signatureLifetimeSeconds: number
  readonly tokenLifetimeSeconds: number
  readonly multipartTokenLifetimeSeconds: number
  readonly receiptLifetimeSeconds: number
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
  const { bucket, region, endpoint, forcePathStyle, secret } = options
  const defaults = signingDefaults
  const multipart = resolveMultipart(options)
  const onError = createReporter(options.onError)
  return {
    location: { bucket, region, endpoint, forcePathStyle },
    credentials: options.credentials,
    tokenKeys: once(() => importTokenKeys([secret].flat())),
    prefix: withFinalSlash(options.prefix ?? defaults.prefix),
    name: options.name ?? defaults.name,
    authorize: options.authorize,
    rules: options.rules,
    storageLimitBytes: multipart ? maxObjectBytes : maxSinglePutBytes,
    quota: options.quota,
    maxOpenUploads: options.maxOpenUploads,
    key: options.key,
    metadata: options.metadata,
    storage: options.storage,
    method: options.method ?? defaults.method,
    overwrite: options.overwrite ?? defaults.overwrite,
    multipart,
    checksums: options.checksums ?? defaults.checksums,
    allowedOrigins: new Set(options.allowedOrigins ?? defaults.allowedOrigins),
    publicOrigin: options.publicOrigin,
    signatureLifetimeSeconds: options.signatureLifetimeSeconds ?? defaults.signatureLifetimeSeconds,
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? defaults.tokenLifetimeSeconds,
    multipartTokenLifetimeSeconds:
      options.multipartTokenLifetimeSeconds ?? defaults.multipartTokenLifetimeSeconds,
    receiptLifetimeSeconds: options.receiptLifetimeSeconds ?? defaults.receiptLifetimeSeconds,
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

function resolveMultipart({
  multipartThreshold = signingDefaults.multipartThreshold,
  partSize = signingDefaults.partSize,
}: Pick<SigningOptions, 'multipartThreshold' | 'partSize'>): MultipartConfig | undefined {
  const thresholdBytes = parseSize(multipartThreshold)
  const minPartSizeBytes = parseSize(partSize)
  if (thresholdBytes === undefined || minPartSizeBytes === undefined) return undefined
  // One request takes no larger file.
  return { thresholdBytes: Math.min(thresholdBytes, maxSinglePutBytes + 1), minPartSizeBytes }
}

function withFinalSlash(prefix: string): string {
  return prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
}

function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}
