import { parseArgs } from 'node:util'
import { type RoundResult, runRound } from './round.js'

const print = (text: string) => process.stdout.write(`${text}\n`)

/** Runs `--count N` rounds, or those of `--seed N`; resolves with how many have failed. */
export async function runCampaign(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', multiple: true },
      count: { type: 'string', default: '200' },
    },
  })
  const all = Array.from({ length: Number(values.count) }, (_, index) => index + 1)
  const seeds = values.seed?.map(Number) ?? all
  const failed: number[] = []
  let [kills, requests] = [0, 0]
  const queue = [...seeds]
  const take = async () => {
    for (let seed = queue.shift(); seed !== undefined; seed = queue.shift()) {
      const { problems, ...counts } = await runRound(seed).catch(broken)
      kills += counts.kills
      requests += counts.requests
      print(`${problems.length > 0 ? '✗' : '✓'} seed ${seed}: ${counts.kills} kills`)
      for (const problem of problems.slice(0, 8)) print(`    ${problem}`)
      if (problems.length > 0) failed.push(seed)
    }
  }
  await Promise.all([take(), take()])
  print(`\n${kills} kills among ${requests} requests`)
  if (failed.length > 0) print(`replay: npm run test:kills -- --seed ${failed.join(' --seed ')}`)
  print(`${seeds.length - failed.length} passed, ${failed.length} failed`)
  return failed.length
}

/** Such as a test S3 that does not start on what it has left. */
function broken(error: unknown): RoundResult {
  return {
    kills: 0,
    requests: 0,
    problems: [`the round broke: ${(error as Error)?.stack ?? error}`],
  }
}
