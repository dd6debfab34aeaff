import { inspect, parseArgs } from 'node:util'
import { fuzzConnections } from './fuzz-connections.js'
import { fuzzRequests } from './fuzz-requests.js'

const print = (text: string) => process.stdout.write(`${text}\n`)

const defaults = { requests: '100000', connections: '3000', seed: '20260304' } as const

/**
 * Runs what the command line asks for, of the requests and of the connections to each server; resolves with how many
 * of these have failed.
 */
export async function runCampaign(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      requests: { type: 'string', default: defaults.requests },
      connections: { type: 'string', default: defaults.connections },
      seed: { type: 'string', default: defaults.seed },
      only: { type: 'string' },
    },
  })
  const seed = Number(values.seed)
  const only = values.only === undefined ? undefined : Number(values.only)
  const count = Number(values.connections)
  const failures = [
    await failureOf(`${values.requests} malformed requests`, async () => {
      const fuzz = { count: Number(values.requests), seed }
      print(`  ${(await fuzzRequests(fuzz)).signed} answers with a signature`)
    }),
    await failureOf(`${count} connections to the handler`, () => connect('handler')),
    await failureOf(`${count} connections to the test S3`, () => connect('s3')),
  ]
  const failed = failures.filter(Boolean).length
  print(`${failures.length - failed} passed, ${failed} failed`)
  return failed

  async function connect(target: 'handler' | 's3'): Promise<void> {
    const { statuses, problems } = await fuzzConnections({ target, count, seed, only })
    print(
      `  ${Object.entries(statuses)
        .map(([status, times]) => `${status}: ${times}`)
        .join(', ')}`,
    )
    if (problems.length > 0) throw new Error(problems.slice(0, 20).join('\n'))
  }
}

async function failureOf(name: string, run: () => Promise<void>): Promise<boolean> {
  const start = performance.now()
  try {
    await run()
    print(`✓ ${name}, ${Math.round((performance.now() - start) / 1000)} s`)
    return false
  } catch (error) {
    print(`✗ ${name}: ${inspect(error)}`)
    print('replay with the same --seed, and of a connection with --only')
    return true
  }
}
