import { CommanderError } from 'commander'
import { CommandError, type ExitCode, exitCodes } from './command-line/command-error.js'
import { errorMessage } from './command-line/error-message.js'
import type { Terminal } from './command-line/terminal.js'
import { createProgram } from './program.js'

/** Runs the command with its arguments, without those of Node, and returns its exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    const program = createProgram(terminal)
    await program.parseAsync(args, { from: 'user' })
    return exitCodes.success
  } catch (error) {
    if (error instanceof CommanderError) return exitCodeOf(error, args, terminal)
    report(messageOf(error), args, terminal)
    if (error instanceof CommandError) return error.exitCode
    return isUnusable(error) ? exitCodes.usage : exitCodes.failure
  }
}

/** What commander has to say it has written already: help, the version, or what is wrong. */
function exitCodeOf(error: CommanderError, args: readonly string[], terminal: Terminal): ExitCode {
  if (error.exitCode === 0) return exitCodes.success
  if (args.includes('--json')) writeFailure(error.message, terminal)
  return exitCodes.usage
}

/** Input that this package refuses: no name of a bucket, a key that has no URL. */
function isUnusable(error: unknown): boolean {
  return error instanceof TypeError && error.message.startsWith('s3-direct-upload: ')
}

function report(message: string, args: readonly string[], terminal: Terminal): void {
  if (message === '') return
  terminal.writeError(message)
  if (args.includes('--json')) writeFailure(message, terminal)
}

function writeFailure(message: string, terminal: Terminal): void {
  terminal.write(JSON.stringify({ error: message }, null, 2))
}

function messageOf(error: unknown): string {
  const message = errorMessage(error)
  if (message === '' || message.startsWith('s3-direct-upload: ')) return message
  return `s3-direct-upload: ${message}`
}
