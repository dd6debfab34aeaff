import { beyondBounds } from '../cases/kept-case.js'
import { drawAnyScenario, runAnyScenario } from './any-scenario.js'
import { brokenOutcome, type Job, type Outcome } from './messages.js'

/** Runs a seed or a scenario as often as the job says; what it throws is a problem of its own. */
export async function runOne(run: Job['runs'][number], job: Job): Promise<Outcome> {
  const scenario = typeof run === 'number' ? drawAnyScenario(run, job.isOfServers === true) : run
  const bounds = ('most' in scenario ? scenario.most : job.most) ?? {}
  const hashes = new Set<string>()
  let outcome = brokenOutcome('it was not run')
  for (let left = job.repeat; left > 0; left -= 1) {
    try {
      const result = await runAnyScenario(scenario, { isTraced: job.wantsTrace })
      const requests = job.wantsRequests ? result.requests.map(describeRequest) : []
      const problems = [...result.problems, ...beyondBounds(bounds, result)]
      outcome = { ...result, problems, requests }
    } catch (error) {
      return brokenOutcome(firstLines(error))
    }
    hashes.add(outcome.hash)
  }
  if (hashes.size === 1) return outcome
  const problem = `REPEAT ${hashes.size} different hashes in ${job.repeat} runs`
  return { ...outcome, problems: [...outcome.problems, problem] }
}

function describeRequest({ operation, key = '', status }: RunRequest): string {
  return `${operation} ${key} ${status}`
}

type RunRequest = Awaited<ReturnType<typeof runAnyScenario>>['requests'][number]

function firstLines(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return text.split('\n').slice(0, 3).join(' | ')
}
