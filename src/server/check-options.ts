import { parseSize } from '../protocol/byte-size.js'
import { bucketUrl } from '../s3/endpoint.js'
import { maxPartBytes, maxPresignSeconds, minPartBytes } from '../s3/limits.js'
import { maxPrefixBytes } from './object-key-naming.js'
import {
  type Accepts,
  areSecrets,
  isAcceptEntry,
  isCredentialsSource,
  isFunction,
  isObject,
  isOrigin,
  isPositiveInteger,
  isPrefix,
  isSize,
  isSizeWithin,
  isText,
  listOf,
  optional,
} from './option-values.js'
import { type SigningOptions, signingDefaults } from './signing-options.js'
import { storageContradictions, storageOptionChecks } from './storage-option-checks.js'
import { minSecretLength } from './token.js'
import type { UploadRules } from './upload-rules.js'

/** Which values can stay, and what to say of the others: the reason and the way out. */
type Check = readonly [accepts: Accepts, problem: string]

/** Options as they may really arrive: from JavaScript, or from a variable that is not set. */
type Unchecked = Readonly<Record<string, unknown>>

const optionalFunction: Check = [optional(isFunction), 'must be a function, or left out.']
const lifetime: Check = [optional(isPositiveInteger), 'must be whole seconds, 1 or more.']
const presignLifetime: Check = [
  optional((value) => isPositiveInteger(value) && value <= maxPresignSeconds),
  `must be whole seconds, 1 to ${maxPresignSeconds}; S3 accepts no longer life.`,
]
const size: Check = [
  optional(isSize),
  "must be bytes, or text such as '5GB' (decimal) or '5GiB' (binary).",
]

const optionChecks: Readonly<Record<keyof SigningOptions, Check>> = {
  bucket: [isText, 'is missing. Name the bucket that receives the files.'],
  region: [
    isText,
    "is missing, and every signature names it. Pass the bucket's own, such as 'eu-west-1'.",
  ],
  endpoint: [
    optional(isText),
    "must be a URL such as 'https://s3.example.com', or left out for Amazon.",
  ],
  forcePathStyle: [
    optional((value) => typeof value === 'boolean'),
    'must be true or false, or left out.',
  ],
  credentials: [
    isCredentialsSource,
    'are missing. Pass { accessKeyId, secretAccessKey }, or a function that resolves to them.',
  ],
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
  rules: [optional(isObject), "must be an object such as { maxFileSize: '5GB' }."],
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
  ...storageOptionChecks,
  checksums: [
    optional((value) => typeof value === 'boolean'),
    'must be true or false, or left out.',
  ],
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
  onUploadComplete: optionalFunction,
  onError: optionalFunction,
  fetch: optionalFunction,
  now: optionalFunction,
  randomBytes: optionalFunction,
}

const ruleChecks: Readonly<Record<keyof UploadRules, Check>> = {
  maxFileSize: size,
  minFileSize: size,
  accept: [
    optional((value) => listOf(isAcceptEntry)(value) && value.length > 0),
    "must be a list such as ['image/*', 'application/pdf', '.docx'], one type per entry; leave it out for every type.",
  ],
  maxFiles: [optional(isPositiveInteger), 'must be a whole number, 1 or more.'],
}

const knownNames: readonly string[] = [
  ...Object.keys(optionChecks),
  ...Object.keys(ruleChecks).map((rule) => `rules.${rule}`),
]

/** Lists what is wrong with the options of a signing handler: the option, the reason and the way out. */
export function optionProblems(options: unknown): string[] {
  const given = isObject(options) ? options : {}
  const rules = isObject(given.rules) ? given.rules : {}
  const problems = [
    ...failedChecks(given, optionChecks, ''),
    ...failedChecks(rules, ruleChecks, 'rules.'),
    ...unknownNames(given, optionChecks, ''),
    ...unknownNames(rules, ruleChecks, 'rules.'),
  ]
  if (problems.length > 0) return problems
  // Every check passed, so the options have the types they claim.
  return contradictions(options as SigningOptions)
}

function failedChecks(
  given: Unchecked,
  checks: Readonly<Record<string, Check>>,
  path: string,
): string[] {
  return Object.entries(checks)
    .filter(([option, [accepts]]) => !accepts(given[option]))
    .map(([option, [, problem]]) => `${path}${option}: ${problem}`)
}

function unknownNames(given: Unchecked, checks: object, path: string): string[] {
  return Object.keys(given)
    .filter((name) => !Object.hasOwn(checks, name))
    .map((name) => {
      const meant = knownNames.find((known) => isSameName(known.replace('rules.', ''), name))
      const advice = meant ? `Did you mean ${meant}?` : 'Check its spelling, or leave it out.'
      return `${path}${name}: is not known. ${advice}`
    })
}

function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function contradictions(options: SigningOptions): string[] {
  const problems: string[] = []
  const { minFileSize, maxFileSize } = options.rules ?? {}
  const smallest = parseSize(minFileSize) ?? 0
  const largest = parseSize(maxFileSize) ?? Number.POSITIVE_INFINITY
  if (smallest > largest) {
    problems.push('rules.minFileSize: is above rules.maxFileSize, so no file would fit. Lower it.')
  }
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
  return [...problems, ...storageContradictions(options), ...addressProblems(options)]
}

function addressProblems(options: SigningOptions): string[] {
  try {
    bucketUrl(options)
    return []
  } catch (error) {
    return [`bucket, region, endpoint: ${error instanceof Error ? error.message : String(error)}`]
  }
}
