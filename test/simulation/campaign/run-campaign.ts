import { openResults } from '../../faults/results-file.js'
import type { Bounds } from '../cases/kept-case.js'
import { describeCoverage } from '../coverage/describe-coverage.js'
import { type ChunkResult, chunkResult } from './chunk-result.js'
import { describeTally } from './describe-tally.js'
import type { Outcome } from './messages.js'
import { type SeedChunk, type SeedPlan, seedChunks } from './seed-chunks.js'
import { Tally } from './tally.js'
import { Verdicts } from './verdicts.js'
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
  /** Whether seeds stand for servers alone. */
  readonly isOfServers: boolean
  /** Whether the coverage tables are printed. */
  readonly showsCoverage: boolean
  /** Where results are written as they come. */
  readonly resultsPath: string | undefined
  /** Whether seeds whose results are there already are not run again. */
  readonly isResumed: boolean
  /** Where it is written what each seed has done. */
  readonly verdictsPath: string | undefined
}

type Print = (text: string) => void

const progressMs = 10_000

/** Runs seeds over all workers and says what they have shown; resolves with how many have failed. */
export async function runCampaign(command: CampaignCommand, print: Print): Promise<number> {
  const campaign = new Campaign(command, print)
  const { workers, verdictsPath, showsCoverage } = command
  await Promise.all(Array.from({ length: workers }, () => campaign.work()))
  if (verdictsPath !== undefined) campaign.verdicts.write(verdictsPath)
  const { tally, elapsedMs, ran } = campaign
  const context = {
    seconds: elapsedMs / 1000,
    ran,
    workers,
    replayOptions: replayOptions(command),
  }
  if (showsCoverage) for (const line of describeCoverage(tally.coverage)) print(line)
  for (const line of describeTally(tally, context)) print(line)
  return tally.failed
}

class Campaign {
  readonly tally = new Tally()
  readonly verdicts = new Verdicts()
  /** Seeds that were run now. */
  ran = 0
  readonly #command: CampaignCommand
  readonly #print: Print
  readonly #chunks: Generator<SeedChunk, undefined>
  readonly #keep: (result: ChunkResult) => void
  readonly #beganMs = performance.now()
  #toldMs = 0

  constructor(command: CampaignCommand, print: Print) {
    const { plan, resultsPath, isResumed } = command
    this.#command = command
    this.#print = print
    const results = resultsPath === undefined ? undefined : openResults<ChunkResult>(resultsPath)
    this.#keep = (result) => results?.add(result)
    const earlier = isResumed ? (results?.earlier() ?? []) : []
    const done = new Set(earlier.flatMap(({ seeds }) => seeds))
    for (const result of earlier) this.tally.add(result)
    this.#chunks = seedChunks(plan, (seed) => done.has(seed))
    print(`seeds from ${plan.from}${done.size > 0 ? `; ${done.size} are done already` : ''}`)
  }

  get elapsedMs(): number {
    return performance.now() - this.#beganMs
  }

  /** Runs chunk after chunk, until there is none or the time is up. */
  async work(): Promise<void> {
    const { minutes, repeat, most, isOfServers, verdictsPath } = this.#command
    const wantsRequests = verdictsPath !== undefined
    const job = { repeat, most, isOfServers, wantsTrace: false, wantsRequests }
    const processes = { small: new WorkerProcess('small'), real: new WorkerProcess('real') }
    while (this.elapsedMs < minutes * 60_000) {
      const chunk = this.#chunks.next().value
      if (!chunk) break
      const outcomes: Outcome[] = []
      const process = processes[chunk.sizes]
      await process.run({ ...job, runs: chunk.seeds }, (outcome) => outcomes.push(outcome))
      this.#take(chunk, outcomes)
    }
    for (const process of Object.values(processes)) process.end()
  }

  #take(chunk: SeedChunk, outcomes: readonly Outcome[]): void {
    const result = chunkResult(chunk, outcomes)
    this.tally.add(result)
    this.ran += chunk.seeds.length
    this.#keep(result)
    if (this.#command.verdictsPath !== undefined) this.verdicts.add(chunk, outcomes)
    if (this.elapsedMs < this.#toldMs + progressMs) return
    this.#toldMs = this.elapsedMs
    const rate = (this.ran * 1000) / this.elapsedMs
    const { seeds, failed } = this.tally
    this.#print(`  ${seeds} seeds, ${rate.toFixed(1)}/s, ${failed} failed`)
  }
}

function replayOptions({ repeat, most, isOfServers }: CampaignCommand): string {
  const { bytesRatio } = most
  const kind = isOfServers ? ' --server' : ''
  const again = repeat > 1 ? ` --repeat ${repeat}` : ''
  const ratio = bytesRatio === undefined ? '' : ` --max-bytes-ratio ${bytesRatio}`
  return `${kind}${again}${ratio}`
}
