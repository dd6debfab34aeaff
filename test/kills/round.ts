import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRandom, type Random } from '../support/random.js'
import { createClient } from './client.js'
import { judge } from './judge.js'
import { Ledger } from './ledger.js'
import { startAndKill, startServer } from './server.js'
import { work, workOnBuckets } from './worker.js'

const workerCount = 6

/** How a round ended. */
export interface RoundResult {
  readonly kills: number
  readonly requests: number
  /** What is lost, mixed or left over; nothing when all is well. */
  readonly problems: readonly string[]
}

/** Kills a test S3 at work, one to three times on the same directory, and looks after each time. */
export async function runRound(seed: number): Promise<RoundResult> {
  const directory = await mkdtemp(join(tmpdir(), 'kills-'))
  const random = createRandom(`kills ${seed}`)
  const ledger = new Ledger()
  const kills = random.integer(1, 3)
  const problems: string[] = []
  let requests = 0
  try {
    for (let kill = 1; kill <= kills + 1; kill++) {
      if (kill > 1 && random.chance(0.3)) await startAndKill(directory, random.integer(100, 600))
      const server = await startServer(directory)
      const client = createClient(server.url)
      const send: typeof client = (...args) => {
        requests += 1
        return client(...args)
      }
      if (kill > 1) problems.push(...(await judge({ send, ledger, directory })))
      if (kill <= kills) await workUntilKilled({ send, ledger, random, kill: server.kill })
      await server.kill()
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
  return { kills, requests, problems }
}

async function workUntilKilled({
  send,
  ledger,
  random,
  kill,
}: {
  readonly send: ReturnType<typeof createClient>
  readonly ledger: Ledger
  readonly random: Random
  readonly kill: () => Promise<void>
}): Promise<void> {
  let hasEnded = false
  const isOver = () => hasEnded
  const setupOf = (name: string) => ({
    send,
    ledger,
    isOver,
    random: createRandom(`${name} ${random.share()}`),
    keys: [`${name}/a`, `${name}/a/b`, `${name}//c`, `${name}/d/e/é.txt`] as const,
  })
  const workers = Array.from({ length: workerCount }, (_, index) => work(setupOf(`w${index}`)))
  workers.push(workOnBuckets(setupOf('buckets')))
  await sleep(random.integer(200, 1500))
  hasEnded = true
  await kill()
  await Promise.all(workers)
}
