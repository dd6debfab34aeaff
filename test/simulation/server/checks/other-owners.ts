import type { ServerRun } from '../run-server-scenario.js'

/** With what belongs to another owner nothing may be had; for a token, S3 is not even asked. */
export function otherOwners({ world }: ServerRun): string[] {
  const { calls, sent } = world.calls
  const problems: string[] = []
  for (const call of calls) {
    const { number, request, answer, isTheft } = call
    if (!isTheft || !answer) continue
    const { operation } = request
    const isRefused = /"code":"(invalid-token|forbidden)"/.test(answer.text)
    if (!isRefused) problems.push(`FOREIGN ${operation} ${number} was answered: ${answer.text}`)
    const hasAsked = sent.some((request) => request.call === call)
    if (hasAsked) problems.push(`FOREIGN ${operation} ${number} has asked S3`)
  }
  return problems
}
