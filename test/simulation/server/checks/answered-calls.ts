import { parseErrorResponse, parseResponse } from '../../../../src/protocol/parse.js'
import type { Call } from '../call-book.js'
import type { ServerRun } from '../run-server-scenario.js'

/** What the requests of a call may take where nothing is wrong, with the half minute that it may wait for others. */
const usualMs = 60_000
/** What a fault may cost: the time after which a request to S3 is given up, and a pause. */
const faultMs = 16_000
/** Codes of what only a mistake of the handler, or of its settings, brings about. */
const unexpected = /"code":"(internal-error|misconfigured|storage-refused)"/

/** Every call must be answered, in time, in the words of the protocol. */
export function answeredCalls({ world, end }: ServerRun): string[] {
  const problems = end === 'done' ? [] : [`HANG the run ended ${end}`]
  const hangsMs = world.scenario.events
    .filter(({ kind }) => kind === 'hang')
    .reduce((sum, { forMs = 0 }) => sum + forMs + faultMs, 0)
  for (const call of world.calls.calls) {
    const mostMs = usualMs + hangsMs + call.hits.length * faultMs
    problems.push(...problemsOf(call, mostMs))
  }
  return problems
}

function problemsOf(call: Call, mostMs: number): string[] {
  const { number, request, answer, endedMs, beganMs, server } = call
  const { operation } = request
  if (!answer || endedMs === undefined) {
    return server?.isAlive ? [`HANG ${operation} ${number} was never answered`] : []
  }
  const problems: string[] = []
  const tookMs = endedMs - beganMs
  if (tookMs > mostMs) {
    problems.push(`SLOW ${operation} ${number} took ${Math.round(tookMs)} of ${mostMs} ms`)
  }
  const [refusal] = unexpected.exec(answer.text) ?? []
  if (refusal) problems.push(`INTERNAL ${operation} ${number} answered ${refusal}`)
  const json: unknown = JSON.parse(answer.text)
  const isKnown =
    answer.status === 200 ? parseResponse(operation, json).ok : parseErrorResponse(json).ok
  if (!isKnown || answer.text.includes('endpoint-answer')) {
    problems.push(`SHAPE ${operation} ${number} answered ${answer.status} ${answer.text}`)
  }
  return problems
}
