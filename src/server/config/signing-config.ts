import { memoize } from '../../async/memoize.js'
import type { Runtime } from '../../async/runtime.js'
import { toDate } from '../../s3/date-text.js'
import type { CredentialsSource } from '../../s3-client/credentials-source.js'
import { defaultCompletionTimeoutMs } from '../../s3-client/s3-connection.js'
import type { Caller } from '../contract/caller.js'
import type { SigningEvent } from '../contract/events.js'
import type { JsonObject } from '../contract/json.js'
import type { SigningOptions } from '../contract/signing-options.js'
import type { UploadHooks } from '../contract/upload-hooks.js'
import { createReporter, reportOnce } from '../events/report-error.js'
import { createEventReporter } from '../events/report-event.js'
import { withFinalSlash } from '../objects/object-key-naming.js'
import { importTokenKeys, type TokenKey } from '../tokens/token.js'
import type { TokenLifetimes } from '../tokens/upload-token.js'
import { optionProblems } from './check-options.js'
import { type ProviderConfig, resolveProvider } from './provider-config.js'
import { signingDefaults } from './signing-defaults.js'

/** The app's options, whatever caller and metadata they are written for. */
type Options = SigningOptions<Caller, JsonObject>
type Hooks = UploadHooks<Caller, JsonObject>

/** What the app decides and hears, as it was given. */
interface AppHooks
  extends Pick<Hooks, 'quota' | 'maxOpenUploads' | 'key' | 'metadata' | 'storage'> {
  readonly authorize: SigningOptions['authorize']
  readonly rules: Hooks['rules']
  readonly contentCheck: SigningOptions['contentCheck']
  /** Left out where downloads are refused. */
  readonly authorizeDownload: SigningOptions['authorizeDownload']
  readonly onUploadComplete: Hooks['onUploadComplete']
  readonly onUploadRemove: Hooks['onUploadRemove']
}

/** How long what a handler signs can be used. */
interface Lifetimes extends TokenLifetimes {
  readonly signatureLifetimeSeconds: number
  readonly downloadLifetimeSeconds: number
}

/** A handler's options, checked, with every default filled in. */
export interface SigningConfig extends ProviderConfig, Lifetimes, AppHooks {
  readonly credentials: CredentialsSource
  /** Imported once, at the first request. */
  readonly tokenKeys: () => readonly TokenKey[]
  /** Empty, or ending in `/`. */
  readonly prefix: string
  readonly name: string
  readonly allowedOrigins: ReadonlySet<string>
  readonly publicOrigin: string | undefined
  /** Never throws. */
  readonly onError: (error: unknown) => void
  /** Tells `onEvent`; never throws. */
  readonly reportEvent: (event: SigningEvent) => void
  /** Tells `onError`, but only once, that S3 refuses to list multipart uploads. */
  readonly reportUnlistable: (error: unknown) => void
  readonly fetch: (request: Request) => Promise<Response>
  readonly now: () => Date
  readonly randomBytes: (length: number) => Uint8Array
  /** Its timers and chance decide when S3 is asked again. */
  readonly runtime: Runtime
  /** How long one request waits for S3 to put an upload's parts together. */
  readonly completionTimeoutMs: number
  /** How long a completion waits until nothing else is open under its key. */
  readonly tidyingTimeoutMs: number
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws TypeError with all problems in one message, one line each.
 */
export function resolveOptions<AppCaller extends Caller, Metadata extends JsonObject, Result>(
  typedOptions: SigningOptions<AppCaller, Metadata, Result>,
  runtime: Runtime,
): SigningConfig {
  // The hooks get the very caller that `authorize` returned, and the very metadata that the schema did.
  const options = typedOptions as unknown as Options
  requireSound(options)
  const { credentials, secret, publicOrigin } = options
  return {
    ...resolveProvider(options),
    ...resolveLifetimes(options),
    ...resolveReports(options),
    ...resolvePlatform(options, runtime),
    ...hooksOf(options),
    credentials,
    tokenKeys: memoize(() => importTokenKeys([secret].flat())),
    prefix: withFinalSlash(options.prefix ?? signingDefaults.prefix),
    name: options.name ?? signingDefaults.name,
    allowedOrigins: new Set(options.allowedOrigins ?? signingDefaults.allowedOrigins),
    publicOrigin,
    runtime,
    completionTimeoutMs: defaultCompletionTimeoutMs,
    tidyingTimeoutMs: 3000,
  }
}

function requireSound(options: Options): void {
  const problems = optionProblems(options)
  if (problems.length === 0) return
  const list = problems.map((problem) => `\n- ${problem}`).join('')
  throw new TypeError(
    `s3-direct-upload: createSigningHandler cannot start with these options.${list}`,
  )
}

function hooksOf(options: Options): AppHooks {
  return {
    authorize: options.authorize,
    rules: options.rules,
    quota: options.quota,
    maxOpenUploads: options.maxOpenUploads,
    key: options.key,
    metadata: options.metadata,
    storage: options.storage,
    contentCheck: options.contentCheck,
    authorizeDownload: options.authorizeDownload,
    onUploadComplete: options.onUploadComplete,
    onUploadRemove: options.onUploadRemove,
  }
}

type Reports = Pick<SigningConfig, 'onError' | 'reportEvent' | 'reportUnlistable'>

function resolveReports(options: Options): Reports {
  const onError = createReporter(options.onError)
  return {
    onError,
    reportEvent: createEventReporter(options.onEvent, onError),
    reportUnlistable: reportOnce(onError),
  }
}

/** The platform's own network, clock and randomness, where the app brings no other. */
function resolvePlatform(
  options: Options,
  runtime: Runtime,
): Pick<SigningConfig, 'fetch' | 'now' | 'randomBytes'> {
  return {
    fetch: options.fetch ?? ((request) => fetch(request)),
    now: options.now ?? (() => toDate(runtime.wallNow())),
    randomBytes: options.randomBytes ?? runtime.randomBytes,
  }
}

/** Fills in the lifetimes of which the options say nothing. */
function resolveLifetimes(options: Partial<Lifetimes>): Lifetimes {
  const defaults = signingDefaults
  return {
    signatureLifetimeSeconds: options.signatureLifetimeSeconds ?? defaults.signatureLifetimeSeconds,
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? defaults.tokenLifetimeSeconds,
    multipartTokenLifetimeSeconds:
      options.multipartTokenLifetimeSeconds ?? defaults.multipartTokenLifetimeSeconds,
    receiptLifetimeSeconds: options.receiptLifetimeSeconds ?? defaults.receiptLifetimeSeconds,
    downloadLifetimeSeconds: options.downloadLifetimeSeconds ?? defaults.downloadLifetimeSeconds,
  }
}
