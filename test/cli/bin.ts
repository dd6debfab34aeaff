import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import type { Terminal } from '../../src/cli/command-line/terminal.js'
import { repositoryPath } from '../support/repository-path.js'

/** The command in a process of its own, from the sources. */
export type CliProcess = ChildProcessByStdio<null, Readable, Readable>

/** Starts the command as a shell does. */
export function spawnCli(
  args: readonly string[],
  env: Terminal['env'] = {},
  nodeOptions: readonly string[] = [],
): CliProcess {
  const hooks = pathToFileURL(repositoryPath('bench/typescript-source.ts')).href
  const { PATH, HOME } = process.env
  return spawn(
    process.execPath,
    ['--import', hooks, '--no-warnings', ...nodeOptions, repositoryPath('src/cli/bin.ts'), ...args],
    { env: { PATH, HOME, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
}

/** Waits for the end of a process; what it wrote to the streams that are still read. */
export async function ended(child: CliProcess) {
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const [exitCode, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.once('close', (...how) => resolve(how)),
  )
  return { exitCode, signal, output, errors }
}
