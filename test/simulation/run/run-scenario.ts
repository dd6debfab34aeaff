import { afterwards } from '../checks/afterwards.js'
import { bytesRatio } from '../checks/bytes.js'
import { inTheBucket } from '../checks/in-the-bucket.js'
import { inTheRun } from '../checks/in-the-run.js'
import { inTime } from '../checks/in-time.js'
import { mayRemember } from '../checks/may-remember.js'
import { ofRemovals } from '../checks/removal/of-removals.js'
import { ofSends } from '../checks/sends.js'
import { told } from '../checks/told.js'
import { wastesNothing } from '../checks/waste.js'
import type { RunEnd } from '../clock/clock.js'
import type { Counts } from '../coverage/counts.js'
import { Coverage } from '../coverage/coverage.js'
import { watchCoverage } from '../coverage/watch-coverage.js'
import type { SeenFile } from '../page/tab.js'
import type { Scenario, ScenarioEvent } from '../scenario/scenario.js'
import { isLineShared } from '../scenario/shared-line.js'
import type { SeenRequest } from '../world/object-storage.js'
import { World } from '../world/world.js'
import { Events } from './events.js'
import { catchStrays } from './stray-errors.js'
import { User } from './user.js'

/** What a run has shown. */
export interface RunResult {
  readonly scenario: Scenario
  /** Everything that is wrong; each begins with the class of the problem. */
  readonly problems: readonly string[]
  /** Equal when everything happened at the same times. */
  readonly hash: string
  readonly steps: number
  readonly virtualMs: number
  /** When every file was complete or failed. */
  readonly settledMs: number
  /** Steps until then. */
  readonly settledSteps: number
  /** Bytes sent ÷ bytes of the files. */
  readonly bytesRatio: number
  readonly requests: readonly SeenRequest[]
  /** Which cells of the coverage tables it has reached. */
  readonly coverage: Counts
  readonly lines: readonly string[]
}

/** What checks look at. */
export interface Run {
  readonly world: World
  readonly user: User
  readonly end: RunEnd
  /** When the first end came; pages that go later do so since all is over. */
  readonly settledMs: number
}

const minute = 60_000
const longestMs = 3 * 60 * minute
const rounds = 3
const mostSteps = 400_000
/** Aborts and what else is tidied up is tried for so long. */
const tidyingMs = 15 * minute

/** Runs a scenario to its end, heals the world, lets a last page tidy up, and judges. */
export async function runScenario(
  scenario: Scenario,
  { isTraced = false }: { readonly isTraced?: boolean } = {},
): Promise<RunResult> {
  const world = new World(scenario, { isTraced })
  const { clock, problems } = world
  const strays = catchStrays()
  const user = new User(world)
  const { sights } = world
  const coverage = new Coverage()
  const noteEvent = watchCoverage(coverage, { world, user })
  const act = (event: ScenarioEvent) => {
    noteEvent(event)
    user.do(event)
  }
  const events = new Events({ clock, sights, events: scenario.events, act })
  user.openTab([...user.disk.keys()])
  const sleepMs = scenario.events.reduce(
    (sum, { kind, forMs = 0 }) => sum + (kind === 'sleep' ? forMs : 0),
    0,
  )
  const settle = (isDone: () => boolean, forMs: number) =>
    clock.run(isDone, { untilMs: clock.now + forMs, maxSteps: mostSteps })
  const hasSettled = () =>
    user.tabs.length > 0 && events.areOver && user.durations.pending === 0 && isSettled(user)
  const end = await settle(hasSettled, longestMs + sleepMs)
  events.end()
  const settledMs = clock.now
  const settledSteps = clock.steps
  const run = { world, user, end, settledMs }
  problems.push(...(await inTheRun(run)), ...told(run), ...inTime(run), ...wastesNothing(run))
  const ratio = bytesRatio(run)
  world.faults.isHealed = true
  await retryFailed(run, settle)
  const wait = (forMs: number) => settle(() => false, forMs)
  await wait(tidyingMs)
  user.look()
  problems.push(...ofRemovals(run))
  for (const tab of [...user.tabs]) user.closeTab(tab)
  user.openTab([])
  await wait(minute)
  for (const last of user.tabs) {
    clock.at(0, () => void last.discardInterrupted(), { process: last.process })
  }
  await wait(tidyingMs)
  problems.push(...(await inTheBucket(run)), ...ofSends(run), ...afterwards(run))
  problems.push(...coverage.problems, ...strays.end())
  clock.trace.add(clock.now, `end ${clock.steps}`)
  return {
    scenario,
    problems: [...new Set(problems)],
    hash: clock.trace.digest(),
    steps: clock.steps,
    virtualMs: clock.now,
    settledMs,
    settledSteps,
    bytesRatio: ratio,
    requests: world.storage.requests,
    coverage: coverage.counts,
    lines: clock.trace.lines,
  }
}

function isSettled(user: User): boolean {
  const files = user.look()
  return files.every(({ status }) => status === 'complete' || status === 'failed')
}

/**
 * What a page has left before it could note it, or at an endpoint that has moved, counts, and no later page gives it up. So does
 * what was sent of a file that has changed: it might be chosen again as it was, until its row is removed.
 */
function isFull({ world: { scenario }, user }: Run, { error = '' }: SeenFile): boolean {
  const isForgotten = user.goneMs.length > 0 || !mayRemember(scenario)
  const isKept = user
    .look()
    .some(({ name, status }) => status === 'failed' && user.hasChanged(name))
  return (isForgotten || isKept) && error.startsWith('quota-exceeded')
}

/** What sends on, or has lost the line, may have to wait until the other tab is done. */
function isCrowdedOut({ world }: Run, { status, error = '' }: SeenFile): boolean {
  return isLineShared(world.scenario) && (status !== 'failed' || error.startsWith('network'))
}

async function retryFailed(
  run: Run,
  settle: (isDone: () => boolean, forMs: number) => Promise<RunEnd>,
): Promise<void> {
  const { world, user, end } = run
  const { clock, problems } = world
  const hasFailed = user.look().some(({ status }) => status === 'failed')
  if (!hasFailed || end !== 'done') return
  // Where only so many uploads may be open, each round completes some.
  for (const _ of Array.from({ length: world.scenario.server.maxOpenUploads ? rounds : 1 })) {
    for (const tab of user.tabs) clock.at(0, () => tab.retryAll(), { process: tab.process })
    const fromMs = clock.now
    await settle(() => clock.now > fromMs + 1000 && isSettled(user), 60 * minute)
  }
  for (const file of user.look()) {
    const { name, status, error = '' } = file
    if (status === 'complete' || user.hasChanged(name)) continue
    if (isFull(run, file) || isCrowdedOut(run, file)) continue
    problems.push(`RETRY ${name} is ${status} after all faults are gone: ${error}`)
  }
}
