import { execFile } from 'node:child_process'
import { delimiter, dirname } from 'node:path'
import { promisify } from 'node:util'
import type { CorsRule, LifecycleRule } from 's3-direct-upload/testing'
import {
  type RunningTestS3,
  type StartTestS3Options,
  startTestS3,
} from 's3-direct-upload/testing/node'
import type { Terminal } from '../../../src/cli/command-line/terminal.js'
import { awsCli } from '../../support/aws-cli.js'
import { credentials, environment, runCli } from '../run-cli.js'

const run = promisify(execFile)

export const origin = 'https://app.example.com'

export const goodCors: CorsRule = {
  allowedOrigins: [origin],
  allowedMethods: ['POST', 'PUT'],
  allowedHeaders: ['*'],
  maxAgeSeconds: 3600,
}

export const goodLifecycle: LifecycleRule = {
  status: 'Enabled',
  prefix: 'uploads/',
  abortUploadsAfterDays: 7,
}

export interface PrintedFinding {
  readonly id: string
  readonly problem: string
  readonly reason: string
  readonly fix: { readonly text: string; readonly json?: unknown; readonly command?: string }
}

export interface PrintedExamination {
  readonly ok: boolean
  readonly findings: readonly PrintedFinding[]
  readonly checks: readonly { readonly name: string; readonly status: string }[]
  readonly left: readonly string[]
}

/** A bucket where everything is as it should be, unless the options say otherwise. */
export function startBucket(options: Partial<StartTestS3Options> = {}): Promise<RunningTestS3> {
  return startTestS3({
    buckets: ['photos'],
    credentials,
    cors: [goodCors],
    lifecycle: [goodLifecycle],
    ...options,
  })
}

/** The environment of the app's server. */
export function appEnvironment(s3: RunningTestS3, more: Terminal['env'] = {}): Terminal['env'] {
  return environment(s3.url, { S3_PREFIX: 'uploads/', ...more })
}

/** Runs the doctor and reads its document. */
export async function examine(
  env: Terminal['env'],
  terminal: Partial<Terminal> = {},
  options: readonly string[] = [],
) {
  const args = ['doctor', '--origin', origin, '--json', ...options]
  const { exitCode, output, errors } = await runCli(args, { env, ...terminal })
  const document: PrintedExamination = JSON.parse(output)
  return { exitCode, errors, output, document, ids: document.findings.map(({ id }) => id) }
}

/** Runs a printed line in a shell, as somebody would who copies it. */
export async function runLine(line: string, env: Terminal['env']): Promise<void> {
  const path = [dirname(awsCli ?? ''), process.env.PATH].join(delimiter)
  await run('/bin/sh', ['-c', line], {
    env: { ...env, PATH: path, HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true' },
  })
}
