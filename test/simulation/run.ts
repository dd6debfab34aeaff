import { replay } from './campaign/replay.js'
import { runCampaign } from './campaign/run-campaign.js'
import { shrinkCase } from './campaign/shrink-case.js'
import { type Command, readCommand } from './command-line.js'
import { runMutants } from './mutants/run-mutants.js'
import { runSweep } from './sweep/run-sweep.js'

const print = (text: string) => process.stdout.write(`${text}\n`)

function carryOut(command: Command): Promise<number> {
  switch (command.kind) {
    case 'campaign':
      return runCampaign(command, print)
    case 'replay':
      return replay(command, print)
    case 'shrink':
      return shrinkCase(command, print)
    case 'mutants':
      return runMutants(command, print)
    case 'sweep':
      return runSweep(command, print)
    default:
      return command satisfies never
  }
}

try {
  process.exitCode = (await carryOut(readCommand(process.argv.slice(2)))) > 0 ? 1 : 0
} catch (error) {
  if (!(error instanceof TypeError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}
