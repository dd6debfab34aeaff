import { Command } from 'commander'

/** The option that every command has. */
export interface JsonOption {
  /** Writes one JSON document instead of lines for people. */
  readonly json?: true
}

/** Begins a command: its description, `--json`, and examples below the help. */
export function baseCommand(
  name: string,
  { description, examples }: { readonly description: string; readonly examples: readonly string[] },
): Command {
  const lines = examples.map((example) => `\n  $ s3-direct-upload ${example}`).join('')
  return new Command(name)
    .description(description)
    .option('--json', 'write one JSON document instead of lines for people')
    .addHelpText('after', `\nExamples:${lines}`)
}
