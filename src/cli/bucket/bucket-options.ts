import type { Command } from 'commander'
import { cleanEnvironment, type Environment } from '../../server/node/clean-environment.js'
import { type ConfigFromEnv, configFromEnv } from '../../server/node/config-from-env.js'
import { usageError } from '../command-line/command-error.js'
import { explained } from './credentials-error.js'

/** Options that take the place of environment variables. */
export interface BucketOptions {
  readonly bucket?: string
  readonly endpoint?: string
  readonly region?: string
  readonly prefix?: string
}

/** Where the bucket is, and with what requests to it are signed. */
export type BucketConfig = Omit<ConfigFromEnv, 'secret'>

/** Adds the options that say which bucket a command is about. */
export function addBucketOptions(command: Command): Command {
  return command
    .option('--bucket <name>', 'the bucket (S3_BUCKET, or PRIVATE_S3_BUCKET)')
    .option('--endpoint <url>', 'an S3-compatible service (AWS_ENDPOINT_URL_S3)')
    .option('--region <name>', "the bucket's region (AWS_REGION)")
    .addHelpText(
      'after',
      `
Credentials and whatever is not given as an option come from the environment, as for configFromEnv.
To read them from a file: node --env-file=.env node_modules/.bin/s3-direct-upload ${command.name()} …`,
    )
}

/** Adds the option for commands that look at the keys below a prefix only. */
export function addPrefixOption(command: Command): Command {
  return command.option(
    '--prefix <prefix>',
    'what every key begins with (S3_PREFIX, or PRIVATE_S3_PREFIX)',
  )
}

/**
 * Reads which bucket a command is about, the options first and then the environment.
 *
 * @throws CommandError `usage` that lists every variable that is missing or unusable.
 */
export function readBucketConfig(options: BucketOptions, env: Environment): BucketConfig {
  try {
    const { secret: _, prefix, ...found } = configFromEnv({ env: withOptions(options, env) })
    const config = { ...found, credentials: explained(found.credentials) }
    // As the signing handler has it.
    return prefix ? { ...config, prefix: prefix.endsWith('/') ? prefix : `${prefix}/` } : config
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw usageError(error.message.replace('configFromEnv', 'the command'), { cause: error })
  }
}

function withOptions(
  { bucket, endpoint, region, prefix }: BucketOptions,
  given: Environment,
): Environment {
  const env = cleanEnvironment(given)
  return {
    ...env,
    ...(bucket && { [bucketVariable(env)]: bucket }),
    ...(endpoint && { AWS_ENDPOINT_URL_S3: endpoint }),
    ...(region && { AWS_REGION: region }),
    ...(prefix !== undefined && { S3_PREFIX: prefix, PRIVATE_S3_PREFIX: prefix }),
    // Commands make no tokens, so that the user need not set it for them.
    S3_UPLOAD_SECRET: 'unused by every command of the package',
  }
}

/** The prefix goes with its bucket's variable, so an option must not make another pair count. */
function bucketVariable(env: Environment): 'S3_BUCKET' | 'PRIVATE_S3_BUCKET' {
  const hasPrivatePair =
    !env.S3_BUCKET && (env.PRIVATE_S3_BUCKET || (env.PRIVATE_S3_PREFIX && !env.S3_PREFIX))
  return hasPrivatePair ? 'PRIVATE_S3_BUCKET' : 'S3_BUCKET'
}
