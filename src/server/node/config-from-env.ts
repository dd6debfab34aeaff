import type { BucketAddress } from '../../s3/bucket-location.js'
import { endpointProblem } from '../../s3/endpoint-problem.js'
import type { CredentialsSource } from '../../s3-client/credentials-source.js'
import { cleanEnvironment, type Environment, unusableVariables } from './clean-environment.js'
import { defaultCredentials } from './default-credentials.js'
import { readSecrets, secretPurpose } from './read-secrets.js'

/** Which part of the environment is read. */
export interface ConfigFromEnvOptions {
  /**
   * Which of a platform's two buckets: `'private'` reads `PRIVATE_S3_BUCKET` and `PRIVATE_S3_PREFIX`, `'public'`
   * reads `PUBLIC_S3_BUCKET` and `PUBLIC_S3_PREFIX`.
   *
   * @default `S3_BUCKET` and `S3_PREFIX`, or the private pair where `S3_BUCKET` is not set
   */
  readonly bucket?: 'private' | 'public'
  /**
   * The variables; an empty one counts as not set. The default credential chain of AWS reads those of the process.
   *
   * @default process.env
   */
  readonly env?: Environment
}

/** The options of a signing handler that the environment knows. */
export interface ConfigFromEnv extends BucketAddress {
  readonly prefix?: string
  readonly credentials: CredentialsSource
  /** Several where `S3_UPLOAD_SECRET` holds commas: the first signs, all verify. */
  readonly secret: string | readonly string[]
}

type ReadRequired = (name: string, purpose: string, value?: string) => string
type FlagOption = 'forcePathStyle' | `use${'Accelerate' | 'Dualstack' | 'Fips'}Endpoint`
type ReadFlag = (name: string, option: FlagOption) => Partial<Record<FlagOption, boolean>>

/** What a variable is read from, and where problems are noted. */
interface Reading {
  readonly env: Environment
  readonly problems: string[]
}

/** Of one word each. */
const plainVariables = [
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_ENDPOINT_URL_S3',
  'AWS_ENDPOINT_URL',
  'S3_PUBLIC_ENDPOINT',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
]

/**
 * Reads the options of a signing handler from the environment, with the names that AWS tools use.
 *
 * | variable | option |
 * |---|---|
 * | `AWS_REGION`, or `AWS_DEFAULT_REGION` | `region` |
 * | `AWS_ENDPOINT_URL_S3`, or `AWS_ENDPOINT_URL` | `endpoint` |
 * | `S3_PUBLIC_ENDPOINT` | `publicEndpoint` |
 * | `S3_FORCE_PATH_STYLE` (`true` or `false`, like the next three) | `forcePathStyle` |
 * | `S3_USE_ACCELERATE_ENDPOINT` | `useAccelerateEndpoint` |
 * | `AWS_USE_DUALSTACK_ENDPOINT`, `AWS_USE_FIPS_ENDPOINT` | `useDualstackEndpoint`, `useFipsEndpoint` |
 * | `S3_BUCKET`, `S3_PREFIX`, or those with `PRIVATE_` or `PUBLIC_` in front | `bucket`, `prefix` |
 * | `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` | `credentials` |
 * | `S3_UPLOAD_SECRET`, one or several with commas between them | `secret` |
 *
 * Blanks, line ends and quotation marks around a value are taken off; a variable of blanks alone counts as not set.
 *
 * Without an access key the credentials come from AWS's default chain (a profile, the role of a container or of an
 * instance, web identity), for which the package `@aws-sdk/credential-providers` must be installed.
 *
 * @example
 * createSigningHandler({ ...configFromEnv(), authorize })
 * @throws TypeError that lists every variable that is missing or unusable.
 */
export function configFromEnv({
  bucket,
  env: given = process.env,
}: ConfigFromEnvOptions = {}): ConfigFromEnv {
  const env = cleanEnvironment(given)
  const variables = bucketVariables(bucket, env)
  const problems = unusableVariables(env, {
    plain: [variables.bucket, ...plainVariables],
    text: [variables.prefix],
  })
  const required: ReadRequired = (name, purpose, value = env[name]) => {
    if (!value) problems.push(`${name}: is not set. It holds ${purpose}.`)
    return value ?? ''
  }
  const flag: ReadFlag = (name, option) => readFlag(name, option, { env, problems })
  const endpoint = readEndpoint(['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'], { env, problems })
  const publicEndpoint = readEndpoint(['S3_PUBLIC_ENDPOINT'], { env, problems })
  const prefix = env[variables.prefix]
  const config: ConfigFromEnv = {
    bucket: required(variables.bucket, 'the name of the bucket'),
    region: required(
      'AWS_REGION',
      "the bucket's region, such as eu-west-1",
      env.AWS_REGION || env.AWS_DEFAULT_REGION,
    ),
    ...(endpoint && { endpoint }),
    ...(publicEndpoint && { publicEndpoint }),
    ...flag('S3_FORCE_PATH_STYLE', 'forcePathStyle'),
    ...flag('S3_USE_ACCELERATE_ENDPOINT', 'useAccelerateEndpoint'),
    ...flag('AWS_USE_DUALSTACK_ENDPOINT', 'useDualstackEndpoint'),
    ...flag('AWS_USE_FIPS_ENDPOINT', 'useFipsEndpoint'),
    ...(prefix && { prefix }),
    credentials: readCredentials(env, required),
    secret: readSecrets(required('S3_UPLOAD_SECRET', secretPurpose), problems),
  }
  if (problems.length === 0) return config
  const list = problems.map((problem) => `\n- ${problem}`).join('')
  throw new TypeError(`s3-direct-upload: configFromEnv cannot use this environment.${list}`)
}

function readCredentials(env: Environment, required: ReadRequired): CredentialsSource {
  if (!env.AWS_ACCESS_KEY_ID && !env.AWS_SECRET_ACCESS_KEY) return defaultCredentials()
  return {
    accessKeyId: required('AWS_ACCESS_KEY_ID', 'the public half of an access key'),
    secretAccessKey: required('AWS_SECRET_ACCESS_KEY', 'the secret half of the access key'),
    ...(env.AWS_SESSION_TOKEN && { sessionToken: env.AWS_SESSION_TOKEN }),
  }
}

function bucketVariables(
  bucket: ConfigFromEnvOptions['bucket'],
  env: Environment,
): { readonly bucket: string; readonly prefix: string } {
  const hasOnlyPair = !env.S3_BUCKET && Boolean(env.PRIVATE_S3_BUCKET)
  const which = bucket ?? (hasOnlyPair ? 'private' : undefined)
  const start = which === undefined ? '' : `${which.toUpperCase()}_`
  return { bucket: `${start}S3_BUCKET`, prefix: `${start}S3_PREFIX` }
}

function readEndpoint(names: readonly string[], { env, problems }: Reading): string | undefined {
  const name = names.find((candidate) => env[candidate])
  if (name === undefined) return undefined
  if (problems.some((problem) => problem.startsWith(`${name}:`))) return undefined
  const problem = endpointProblem(env[name])
  if (problem !== undefined) problems.push(`${name}: ${problem}`)
  return env[name]
}

function readFlag(
  name: string,
  option: FlagOption,
  { env, problems }: Reading,
): ReturnType<ReadFlag> {
  const value = env[name]
  if (!value) return {}
  if (/^(?:true|1)$/i.test(value)) return { [option]: true }
  if (/^(?:false|0)$/i.test(value)) return { [option]: false }
  problems.push(`${name}: is "${value}". Set it to true or false, or leave it out.`)
  return {}
}
