import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** For whom and where a command runs. */
export interface AwsCliOptions {
  readonly endpoint: string
  readonly region?: string
  readonly credentials: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
  }
  /** Where the CLI finds no configuration of yours. */
  readonly home: string
}

/** The AWS CLI of this computer, if it has one. Debian's own first: a newer one on the path may be a wrapper that needs the network. */
export const awsCli = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
  .map((folder) => join(folder, 'aws'))
  .find(isExecutable)

/** Without it, version 1 presigns with Signature Version 2. */
const config = fileURLToPath(new URL('aws-cli.ini', import.meta.url))

/** Runs one command of the AWS CLI and returns what it writes. */
export async function runAwsCli(
  { endpoint, region = 'us-east-1', credentials, home }: AwsCliOptions,
  args: readonly string[],
): Promise<string> {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken && { AWS_SESSION_TOKEN: sessionToken }),
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: config,
  }
  const { stdout } = await run(awsCli ?? '', ['--endpoint-url', endpoint, ...args], { env })
  return stdout
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    // Not there, or not for us.
    return false
  }
}
