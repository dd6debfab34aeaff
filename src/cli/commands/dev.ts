import { type Command, InvalidArgumentError } from 'commander'
import { shellLine } from '../bucket/aws-line.js'
import { baseCommand, type JsonOption } from '../command-line/base-command.js'
import { CommandError } from '../command-line/command-error.js'
import { collectOrigins } from '../command-line/page-origin.js'
import type { Terminal } from '../command-line/terminal.js'
import { type DevServer, type DevServerOptions, startDevServer } from './dev-server.js'

interface DevOptions extends JsonOption, Omit<DevServerOptions, 'origins' | 'hosts'> {
  readonly origin?: readonly string[]
  readonly allowHost?: readonly string[]
}

const defaultOrigins = ['http://localhost:3000', 'http://localhost:5173']

/** `dev`: runs an S3 on disk and a signing endpoint on this machine, until it is stopped. */
export function devCommand(terminal: Terminal): Command {
  return baseCommand('dev', {
    description:
      'Run an S3 and a signing endpoint on this machine, without an account, until Ctrl+C. Everybody at this machine may upload.',
    examples: [
      'dev',
      'dev --origin http://localhost:8080',
      'dev --bucket photos --directory /tmp/s3',
    ],
  })
    .option('--bucket <name>', 'the bucket', 'dev')
    .option('--directory <path>', 'where the files lie; they stay', '.s3-direct-upload')
    .option('--port <number>', 'of the S3; 0 for any that is free', parsePort, 9411)
    .option('--signing-port <number>', 'of the signing endpoint', parsePort, 9412)
    .option(
      '--origin <origin>',
      `of pages that may upload; can be repeated (default: ${defaultOrigins.join(' and ')})`,
      collectOrigins,
    )
    .option(
      '--allow-host <name>',
      'another name under which this machine is reached, such as host.docker.internal; can be repeated',
      collectHosts,
    )
    .action(async ({ origin, allowHost: hosts = [], json, ...options }: DevOptions) => {
      const origins = origin ?? defaultOrigins
      const server = await start({ ...options, origins, hosts })
      const { close, ...facts } = server
      if (json) terminal.write(JSON.stringify({ ...facts, origins }, null, 2))
      else for (const line of linesOf(server, { ...options, origins, hosts })) terminal.write(line)
      await aborted(terminal.signal)
      await close()
      terminal.writeError('Stopped; the files are still there.')
    })
}

async function start(options: DevServerOptions): Promise<DevServer> {
  try {
    return await startDevServer(options)
  } catch (error) {
    const { code, port } = error as NodeJS.ErrnoException & { readonly port?: number } // Both are looked at.
    if (code !== 'EADDRINUSE') throw error
    throw new CommandError(
      `The port ${port} is taken. Choose another with --port or --signing-port; 0 takes any that is free.`,
    )
  }
}

function linesOf(
  { s3Url, signingUrl, env }: DevServer,
  { bucket, directory, origins }: DevServerOptions,
): readonly string[] {
  return [
    `S3                ${s3Url}, bucket ${bucket}, files in ${directory}`,
    `Signing endpoint  ${signingUrl}, for pages of ${origins.join(' and ')}`,
    '',
    'For your own server, and for the AWS CLI (made up for this run):',
    ...Object.entries(env).map(([name, value]) => `  export ${name}=${value}`),
    `  ${shellLine(['aws', 's3', 'cp', 'FILE', `s3://${bucket}/`, '--endpoint-url', s3Url])}`,
    '',
    'Ctrl+C stops it.',
  ]
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new InvalidArgumentError('Write a number from 0 to 65535.')
}

function collectHosts(text: string, earlier: readonly string[] = []): readonly string[] {
  const isName = URL.canParse(`http://${text}`) && new URL(`http://${text}`).hostname === text
  if (isName) return [...earlier, text]
  throw new InvalidArgumentError(
    'Write a host name alone, in small letters and without a port: host.docker.internal.',
  )
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
