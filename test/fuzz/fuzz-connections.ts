import { createRandom } from '../support/random.js'
import { type ConnectionTarget, openHandlerTarget, openS3Target } from './connection-targets.js'
import { planConnection } from './hostile-connection.js'
import { connectAs } from './raw-connection.js'

const concurrency = 8
/** What the servers may hold in the end beyond what they held at first. */
const maxGrownBytes = 100 * 2 ** 20

/** How many connections, and which. */
export interface ConnectionFuzz {
  readonly target: 'handler' | 's3'
  readonly count: number
  readonly seed: number
  /** Only this one of them. */
  readonly only?: number | undefined
}

/** What came of the connections. */
export interface ConnectionResult {
  /** By the status of the first answer; 0 where none came. */
  readonly statuses: Readonly<Record<string, number>>
  /** What is wrong, with the number of the connection. */
  readonly problems: readonly string[]
}

/** Opens hostile connections to a server, some at once, and looks at the server afterwards. */
export async function fuzzConnections({
  target: name,
  count,
  seed,
  only,
}: ConnectionFuzz): Promise<ConnectionResult> {
  const target = await (name === 's3' ? openS3Target() : openHandlerTarget())
  const statuses: Record<string, number> = {}
  const problems: string[] = []
  const strays = listenForStrays(problems)
  const heldBefore = heldBytes()
  const queue = only === undefined ? Array.from({ length: count }, (_, index) => index) : [only]
  const take = async () => {
    for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
      const { kind, answer } = await runOne(target, `${name} ${seed} ${index}`)
      const status = /^HTTP\/1\.1 (\d+)/.exec(answer ?? '')?.[1] ?? '0'
      statuses[status] = (statuses[status] ?? 0) + 1
      if (answer === undefined) problems.push(`${index} (${kind}): the connection stays open`)
      if (/HTTP\/1\.1 500/.test(answer ?? '')) problems.push(`${index} (${kind}): ${answer}`)
    }
  }
  try {
    await Promise.all(Array.from({ length: concurrency }, take))
    problems.push(...(await target.faults()))
    const grown = heldBytes() - heldBefore
    if (grown > maxGrownBytes) problems.push(`${Math.round(grown / 2 ** 20)} MiB are still held`)
  } finally {
    strays.close()
    await target.close()
  }
  return { statuses, problems }
}

async function runOne({ port, requests }: ConnectionTarget, seed: string) {
  const random = createRandom(seed)
  const plan = planConnection(random.pick(requests), random)
  return { kind: plan.kind, answer: await connectAs(plan, port) }
}

/** Hears of errors that would end the process of a server. */
function listenForStrays(problems: string[]): { close: () => void } {
  const handle = (error: unknown) => {
    problems.push(`an error that nobody caught: ${(error as Error)?.stack ?? error}`)
  }
  process.on('uncaughtException', handle).on('unhandledRejection', handle)
  return {
    close() {
      process.off('uncaughtException', handle).off('unhandledRejection', handle)
    },
  }
}

/** Without what only waits to be collected, where Node was started with `--expose-gc`. */
function heldBytes(): number {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
