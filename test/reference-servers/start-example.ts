import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { startTestS3 } from 's3-direct-upload/testing/node'
import type { ConformanceOptions } from '../../src/cli/conformance/run-conformance.js'

/** A server under `examples/`, running on a bucket of its own. */
export interface RunningExample {
  readonly url: string
  /** What the suite needs to know of its users. */
  readonly users: Pick<ConformanceOptions, 'headers' | 'otherHeaders'>
  /** Everything it wrote. */
  output(): string
  close(): Promise<void>
}

const credentials = { accessKeyId: 'AKIAEXAMPLES', secretAccessKey: 'a-very-secret-key' }

/** Says whether a command runs here and ends well. */
export function canRun(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}

/** Starts a server that says on which `http://127.0.0.1:port` it listens. */
export async function startExample(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<RunningExample> {
  const s3 = await startTestS3({ buckets: ['uploads'], credentials })
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      S3_BUCKET: 'uploads',
      S3_PREFIX: 'files/',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_S3: s3.url,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: 'true',
      S3_UPLOAD_SECRET: 'a secret of at least 32 characters',
      DEMO_USERS: 'one=ann,two=ben',
      ...options.env,
    },
  })
  const output: string[] = []
  const url = await listeningUrl(child, output)
  return {
    url: `${url}/api/s3`,
    users: {
      headers: { authorization: 'Bearer one' },
      otherHeaders: { authorization: 'Bearer two' },
    },
    output: () => output.join(''),
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await ended
      await s3.close()
    },
  }
}

function listeningUrl(child: ChildProcess, output: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output.push(chunk.toString())
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(output.join('')) ?? []
      if (url !== undefined) resolve(url)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`It ended with ${code}:\n${output.join('')}`)))
  })
}
