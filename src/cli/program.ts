import { Command } from 'commander'
import { packageVersion } from './command-line/package-version.js'
import type { Terminal } from './command-line/terminal.js'
import { cleanCommand } from './commands/clean.js'
import { conformanceCommand } from './commands/conformance.js'
import { corsCommand } from './commands/cors.js'
import { devCommand } from './commands/dev.js'
import { doctorCommand } from './commands/doctor.js'
import { lifecycleCommand } from './commands/lifecycle.js'
import { presignCommand } from './commands/presign.js'

/** Every subcommand, in the order of the help. */
const commands: readonly ((terminal: Terminal) => Command)[] = [
  devCommand,
  doctorCommand,
  corsCommand,
  lifecycleCommand,
  presignCommand,
  cleanCommand,
  conformanceCommand,
]

/** Builds the command with its subcommands; it writes to the terminal, and throws where it would end the process. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('s3-direct-upload')
    .description('Checks, prepares and serves buckets for uploads straight from the browser.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.write(text.trimEnd()),
      writeErr: (text) => terminal.writeError(text.trimEnd()),
    })
    .configureHelp({ helpWidth: 100 })
    .addHelpText('after', '\nExit codes: 0 done, 1 findings or a failure, 2 called wrongly.')
  for (const create of commands) {
    const command = create(terminal).copyInheritedSettings(program)
    program.addCommand(command.showHelpAfterError(helpHint(command)))
  }
  return program.showHelpAfterError(helpHint())
}

function helpHint(command?: Command): string {
  const words = ['s3-direct-upload', command?.name(), '--help'].filter(Boolean)
  return `All options and examples: ${words.join(' ')}`
}
