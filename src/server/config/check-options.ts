import { isObject } from '../../protocol/is-object.js'
import { maxPartBytes, maxPresignSeconds, minPartBytes } from '../../s3/limits.js'
import { locationProblem } from '../../s3/location-problem.js'
import { uncleanField } from '../../sigv4/credentials.js'
import type { SigningOptions } from '../contract/signing-options.js'
import type { UploadHooks } from '../contract/upload-hooks.js'
import { maxPrefixBytes } from '../objects/object-key-naming.js'
import { minSecretLength } from '../tokens/token.js'
import { addressChecks, credentialsCheck } from './address-checks.js'
import { checksumContradictions } from './check-checksums.js'
import { providerChecks, providerContradictions } from './check-provider.js'
import { ruleNames, ruleProblems } from './check-rules.js'
import { storageProblems } from './check-storage.js'
import {
  areSecrets,
  failedChecks,
  isFunction,
  isOrigin,
  isPositiveInteger,
  isPrefix,
  isSizeWithin,
  isText,
  listOf,
  type OptionCheck,
  optional,
  unknownNames,
} from './checks.js'
import { presetOf } from './provider-presets.js'
import { signingDefaults } from './signing-defaults.js'

const optionalFunction: OptionCheck = [optional(isFunction), 'must be a function, or left out.']
const optionalBoolean: OptionCheck = [
  optional((value) => typeof value === 'boolean'),
  'must be true or false, or left out.',
]
const lifetime: OptionCheck = [optional(isPositiveInteger), 'must be whole seconds, 1 or more.']
const presignLifetime: OptionCheck = [
  optional((value) => isPositiveInteger(value) && value <= maxPresignSeconds),
  `must be whole seconds, 1 to ${maxPresignSeconds}; S3 accepts no longer life.`,
]

/** What the hooks of a signing handler may be. */
const hookChecks: Readonly<Record<keyof UploadHooks, OptionCheck>> = {
  rules: [
    optional((value) => isObject(value) || isFunction(value)),
    "must be an object such as { maxFileSize: '5GB' }, or a function of the caller that returns one.",
  ],
  quota: optionalFunction,
  maxOpenUploads: [optional(isPositiveInteger), 'must be a whole number, 1 or more, or left out.'],
  key: optionalFunction,
  metadata: [
    optional(isStandardSchema),
    'must be a schema of a library with Standard Schema, such as Valibot, Zod or ArkType, or left out.',
  ],
  storage: [
    optional((value) => isObject(value) || isFunction(value)),
    "must be an object such as { cacheControl: 'no-store' }, or a function of the file that returns one.",
  ],
  onUploadComplete: optionalFunction,
  onUploadRemove: optionalFunction,
  onError: optionalFunction,
  onEvent: optionalFunction,
}

const optionChecks: Readonly<Record<keyof SigningOptions, OptionCheck>> = {
  ...addressChecks,
  credentials: credentialsCheck,
  secret: [
    areSecrets,
    `must be text of at least ${minSecretLength} characters, or a list of such, or tokens could be forged. ` +
      'Make one with: openssl rand -base64 32',
  ],
  prefix: [
    optional(isPrefix),
    `must be the start of an object key such as 'uploads/': at most ${maxPrefixBytes} bytes, no "$", ` +
      'no slash at its start, no empty, "." or ".." segment, no control characters.',
  ],
  name: [
    optional((value) => isText(value) && value.length <= 64),
    "must be text of 1 to 64 characters, such as 'avatars', or left out.",
  ],
  authorize: [
    isFunction,
    'is missing, and without it anybody could upload. ' +
      'Pass a function that returns { owner } for a signed-in request and nothing for any other.',
  ],
  ...hookChecks,
  method: [
    optional((value) => value === 'POST' || value === 'PUT'),
    "must be 'POST' or 'PUT', or left out.",
  ],
  overwrite: [
    optional((value) => value === 'refuse' || value === 'allow'),
    "must be 'refuse' or 'allow', or left out.",
  ],
  multipartThreshold: [
    optional((value) => value === false || isSizeWithin(value, { min: minPartBytes })),
    "must be at least 5 MiB, in bytes or as text such as '100MB', or false to send no file in parts.",
  ],
  partSize: [
    optional((value) => isSizeWithin(value, { min: minPartBytes, max: maxPartBytes })),
    "must be 5 MiB to 5 GiB, in bytes or as text such as '16MiB'; S3 takes no other parts.",
  ],
  ...providerChecks,
  checksums: optionalBoolean,
  requireChecksum: optionalBoolean,
  allowedOrigins: [
    optional(listOf(isOrigin)),
    "must be a list of origins such as ['https://app.example.com']: scheme, host and port, no path. " +
      '"*" would let every page on the web act for a signed-in visitor.',
  ],
  publicOrigin: [
    optional(isOrigin),
    "must be an origin such as 'https://app.example.com': scheme, host and port, no path.",
  ],
  signatureLifetimeSeconds: presignLifetime,
  tokenLifetimeSeconds: lifetime,
  multipartTokenLifetimeSeconds: lifetime,
  receiptLifetimeSeconds: lifetime,
  downloadLifetimeSeconds: presignLifetime,
  authorizeDownload: optionalFunction,
  fetch: optionalFunction,
  now: optionalFunction,
  randomBytes: optionalFunction,
}

/** Schemas of some libraries are functions. */
function isStandardSchema(value: unknown): boolean {
  const isSchema = isObject(value) || typeof value === 'function'
  if (!isSchema || !('~standard' in value)) return false
  const standard = value['~standard']
  return isObject(standard) && standard.version === 1 && isFunction(standard.validate)
}

const knownNames: readonly string[] = [...Object.keys(optionChecks), ...ruleNames]

const objectOfOptions =
  'Pass an object such as { ...configFromEnv(), authorize }, or a function that returns one.'

/** Lists what is wrong with the options of a signing handler: the option, the reason and the way out. */
export function optionProblems(options: unknown): string[] {
  if (!isObject(options)) {
    return [`options: are ${options === undefined ? 'missing' : 'no object'}. ${objectOfOptions}`]
  }
  if (isFunction(options.then)) return [`options: are a promise. Await it. ${objectOfOptions}`]
  const { rules, storage } = options
  const problems = [
    ...failedChecks(options, optionChecks, ''),
    ...(isObject(rules) ? ruleProblems(rules, knownNames) : []),
    ...(isObject(storage) ? storageProblems(storage) : []),
    ...unknownNames(options, { checks: optionChecks, path: '', known: knownNames }),
  ]
  if (problems.length > 0) return problems
  // Every check passed, so the options have the types they claim.
  return contradictions(options as unknown as SigningOptions)
}

function contradictions(options: SigningOptions): string[] {
  const problems: string[] = []
  const {
    signatureLifetimeSeconds = signingDefaults.signatureLifetimeSeconds,
    tokenLifetimeSeconds = signingDefaults.tokenLifetimeSeconds,
  } = options
  if (tokenLifetimeSeconds < signatureLifetimeSeconds) {
    problems.push(
      'tokenLifetimeSeconds: is below signatureLifetimeSeconds, so an upload could end too late to be completed. ' +
        'Raise it.',
    )
  }
  const { credentials } = options
  const unclean = typeof credentials === 'function' ? undefined : uncleanField(credentials)
  if (unclean !== undefined) {
    problems.push(`credentials: ${unclean} begins or ends with a blank or a line end. Trim it.`)
  }
  return [
    ...problems,
    ...providerContradictions(options),
    ...checksumContradictions(options),
    ...addressProblems(options),
  ]
}

function addressProblems(options: SigningOptions): string[] {
  const { forcePathStyle = presetOf(options.provider).forcePathStyle } = options
  const wrong = locationProblem({ ...options, forcePathStyle })
  return wrong ? [`${wrong.field}: ${wrong.problem}`] : []
}
