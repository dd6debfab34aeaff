import type { RunEnd } from '../clock/clock.js'
import { serverActs } from '../run/acts/server-acts.js'
import { Events } from '../run/events.js'
import type { RunResult } from '../run/run-scenario.js'
import { catchStrays } from '../run/stray-errors.js'
import { Durations } from '../world/durations.js'
import { Caller } from './caller.js'
import { serverProblems } from './checks/server-problems.js'
import { confirmAgain, finishCaller, runCaller } from './run-caller.js'
import type { ServerScenario, ServerScenarioEvent } from './server-scenario.js'
import { ServerWorld } from './server-world.js'

/** What a run of servers alone has shown; it fills no tables, and counts no bytes. */
export interface ServerRunResult extends Omit<RunResult, 'scenario'> {
  readonly scenario: ServerScenario
}

/** What checks look at. */
export interface ServerRun {
  readonly world: ServerWorld
  readonly callers: readonly Caller[]
  readonly end: RunEnd
}

const minute = 60_000
const longestMs = 60 * minute
const mostSteps = 300_000
/** Until then, whatever a fault has held up is given up. */
const silenceMs = 5 * minute
/** Longer than an answer takes, and shorter than any timer of the handler. */
const answerMs = 100

/** Runs a scenario to its end, heals the world, lets callers finish, and judges. */
export async function runServerScenario(
  scenario: ServerScenario,
  { isTraced = false }: { readonly isTraced?: boolean } = {},
): Promise<ServerRunResult> {
  const world = new ServerWorld(scenario, { isTraced })
  const { clock, sights } = world
  const strays = catchStrays()
  const durations = new Durations(clock)
  const act = (event: ServerScenarioEvent) => doEvent(event, world, durations)
  const events = new Events({ clock, sights, events: scenario.events, act })
  const callers = scenario.callers.map((script) => new Caller(world, script))
  const settle = (isDone: () => boolean) =>
    clock.run(isDone, { untilMs: clock.now + longestMs, maxSteps: mostSteps })
  const wait = (forMs: number) =>
    clock.run(() => false, { untilMs: clock.now + forMs, maxSteps: mostSteps })
  const began = startAll(callers, (caller) => runCaller(caller, callers))
  const first = await settle(() => began.areOver() && events.areOver && durations.pending === 0)
  const settledMs = clock.now
  world.faults.isHealed = true
  const finishing = startAll(callers, finishCaller)
  const second = first === 'done' ? await settle(finishing.areOver) : first
  await wait(silenceMs)
  const confirming = startAll(callers, confirmAgain)
  const end = second === 'done' ? await settle(confirming.areOver) : second
  await wait(answerMs)
  const problems = await serverProblems({ world, callers, end })
  clock.trace.add(clock.now, `end ${clock.steps}`)
  return {
    scenario,
    problems: [...new Set([...problems, ...strays.end()])],
    hash: clock.trace.digest(),
    steps: clock.steps,
    virtualMs: clock.now,
    settledMs,
    bytesRatio: 0,
    settledSteps: clock.steps,
    coverage: {},
    requests: world.backend.storage.requests,
    lines: clock.trace.lines,
  }
}

function startAll(
  callers: readonly Caller[],
  work: (caller: Caller) => Promise<void>,
): { areOver(): boolean } {
  let left = callers.length
  for (const caller of callers) {
    const { process, script, world } = caller
    const delayMs = Math.max(0, script.at - world.clock.now)
    const run = async () => {
      await work(caller)
      left -= 1
    }
    world.clock.at(delayMs, () => void run(), { process })
  }
  return { areOver: () => left === 0 }
}

function doEvent(event: ServerScenarioEvent, world: ServerWorld, durations: Durations): void {
  const { kind, forMs = 0 } = event
  const { app, backend } = world
  switch (kind) {
    case 'hook-fails':
      app.hookTroubles += 1
      durations.later(forMs, () => {
        app.hookTroubles -= 1
      })
      return
    case 'hang':
      backend.hang(event.operation ?? '')
      durations.later(forMs, () => backend.hang(undefined))
      return
    default:
      serverActs[kind]({ world, durations, event })
  }
}
