import type { Bounds } from '../cases/kept-case.js'
import { describeCoverage } from '../coverage/describe-coverage.js'
import { chunkResult } from './chunk-result.js'
import { describeTally } from './describe-tally.js'
import type { Outcome } from './messages.js'
import { type SeedPlan, seedChunks } from './seed-chunks.js'
import { Tally } from './tally.js'
import { WorkerProcess } from './worker-process.js'

/** Many seeds, or as many as there is time for. */
export interface CampaignCommand {
  readonly kind: 'campaign'
  readonly plan: SeedPlan
  /** Infinity when only the seeds count. */
  readonly minutes: number
  readonly workers: number
  readonly repeat: number
  readonly most: Bounds
  /** Whether the coverage tables are printed. */
  readonly showsCoverage: boolean
}

const progressMs = 10_000

/** Runs seeds over all workers and says what they have shown; resolves with how many have failed. */
export async function runCampaign(
  { plan, minutes, workers, repeat, most, showsCoverage }: CampaignCommand,
  print: (text: string) => void,
): Promise<number> {
  const began = performance.now()
  const elapsedMs = () => performance.now() - began
  const tally = new Tally()
  const chunks = seedChunks(plan, () => false)
  const job = { repeat, most, wantsTrace: false, wantsRequests: false }
  print(`seeds from ${plan.from}`)
  let toldMs = 0
  const tellProgress = () => {
    if (elapsedMs() - toldMs < progressMs) return
    toldMs = elapsedMs()
    const rate = (tally.seeds * 1000) / toldMs
    print(`  ${tally.seeds} seeds, ${rate.toFixed(1)}/s, ${tally.failed} failed`)
  }
  const work = async () => {
    const processes = { small: new WorkerProcess('small'), real: new WorkerProcess('real') }
    while (elapsedMs() < minutes * 60_000) {
      const chunk = chunks.next().value
      if (!chunk) break
      const outcomes: Outcome[] = []
      const process = processes[chunk.sizes]
      await process.run({ ...job, runs: chunk.seeds }, (outcome) => outcomes.push(outcome))
      tally.add(chunkResult(chunk, outcomes))
      tellProgress()
    }
    for (const process of Object.values(processes)) process.end()
  }
  await Promise.all(Array.from({ length: workers }, work))
  for (const line of describeTally(tally, {
    seconds: elapsedMs() / 1000,
    workers,
    replayOptions: replayOptions(repeat, most),
  }))
    print(line)
  if (showsCoverage) for (const line of describeCoverage(tally.coverage)) print(line)
  return tally.failed
}

function replayOptions(repeat: number, { bytesRatio }: Bounds): string {
  const again = repeat > 1 ? ` --repeat ${repeat}` : ''
  return bytesRatio === undefined ? again : `${again} --max-bytes-ratio ${bytesRatio}`
}
