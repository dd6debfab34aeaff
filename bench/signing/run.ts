import { writeFile } from 'node:fs/promises'
import { createAwsSdk } from './aws-sdk.js'
import { createAws4fetch } from './aws4fetch.js'
import { checkContestant } from './check-contestant.js'
import { signingTasks } from './contestant.js'
import { createOurs } from './ours.js'
import { type ContestantTurns, runTurns } from './run-turns.js'
import { formatSigningTable, summarizeTurns } from './signing-result.js'
import { createStage } from './stage.js'

const output = new URL('../signing-results.json', import.meta.url)

const stage = await createStage()
const contestants = [...createOurs(stage), ...createAwsSdk(stage), ...createAws4fetch(stage)]
for (const contestant of contestants) await checkContestant(contestant, stage.s3)

const turns: ContestantTurns[] = []
for (const task of signingTasks) {
  const rivals = contestants.filter((contestant) => contestant.task === task)
  turns.push(...(await runTurns(rivals, { rounds: 15, turnMs: 250 })))
}
const results = summarizeTurns(turns)
await writeFile(output, `${JSON.stringify(results, undefined, 2)}\n`)
process.stdout.write(formatSigningTable(results))
