import type { Terminal } from '../../src/cli/command-line/terminal.js'
import { type run as Run, run } from '../../src/cli/run.js'

export const credentials = { accessKeyId: 'AKIACLITEST', secretAccessKey: 'a-very-secret-key' }

export interface CliResult {
  readonly exitCode: Awaited<ReturnType<typeof Run>>
  /** What went to standard output. */
  readonly output: string
  readonly errors: string
}

/** The environment of somebody who works on a bucket at an endpoint. */
export function environment(endpoint: string, more: Terminal['env'] = {}): Terminal['env'] {
  return {
    S3_BUCKET: 'photos',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...more,
  }
}

/** Runs the command in this process and collects what it writes. */
export async function runCli(
  args: readonly string[],
  terminal: Partial<Terminal> = {},
): Promise<CliResult> {
  const lines: string[] = []
  const errorLines: string[] = []
  const exitCode = await run(args, {
    write: (line) => lines.push(line),
    writeError: (line) => errorLines.push(line),
    env: {},
    fetch: (request) => fetch(request),
    now: () => new Date(),
    signal: new AbortController().signal,
    ...terminal,
  })
  return { exitCode, output: lines.join('\n'), errors: errorLines.join('\n') }
}
