import { rotated } from '../plan/contestants.js'
import { batchSize, type SigningContestant } from './contestant.js'

/** How often each contestant has its turn, and for how long. */
export interface TurnOptions {
  readonly rounds: number
  readonly turnMs: number
}

/** What a contestant reached in each of its turns. */
export interface ContestantTurns {
  readonly contestant: Pick<SigningContestant, 'task' | 'subject'>
  /** Signatures in a second of one core. */
  readonly perSecond: readonly number[]
}

/** Lets contestants sign in turns, so that whatever else the computer does falls on everybody. */
export async function runTurns(
  contestants: readonly SigningContestant[],
  { rounds, turnMs }: TurnOptions,
): Promise<ContestantTurns[]> {
  const all = contestants.map((contestant) => ({ contestant, perSecond: [] as number[] }))
  // The first turn compiles the code.
  for (const contestant of contestants) await runTurn(contestant, 2 * turnMs)
  for (let round = 0; round < rounds; round++) {
    for (const { contestant, perSecond } of rotated(all, round)) {
      perSecond.push(await runTurn(contestant, turnMs))
    }
  }
  return all
}

/** Counts the processor time of all threads: WebCrypto has threads of its own, and one core would run them all. */
async function runTurn(contestant: SigningContestant, turnMs: number): Promise<number> {
  const end = performance.now() + turnMs
  const begin = process.cpuUsage()
  let signatures = 0
  do {
    await contestant.signBatch()
    signatures += batchSize
  } while (performance.now() < end)
  const { user, system } = process.cpuUsage(begin)
  return signatures / ((user + system) / 1_000_000)
}
