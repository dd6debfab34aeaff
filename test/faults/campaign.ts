import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright'
import { build } from 'vite'
import { createBrowserProcess } from './browser-process.js'
import { createBrowserVisitor } from './browser-visitor.js'
import { readCommand } from './command-line.js'
import { type ProfileName, profiles } from './profiles.js'
import { openResults, type SeedResult } from './results-file.js'
import { type Run, runScenario } from './run-scenario.js'
import { isLong, type Scenario } from './scenario.js'
import { type Site, startSite } from './site.js'
import { judge } from './verdict.js'

/** Most of a scenario's time is waiting. */
const jobs = 3

interface Result extends SeedResult {
  readonly log: readonly string[]
}

const print = (text: string) => process.stdout.write(`${text}\n`)

/** Runs the scenarios that the command line asks for; resolves with how many have failed. */
export async function runCampaign(args: readonly string[]): Promise<number> {
  const { profile, seeds, isVerbose, isResumed, resultsPath } = readCommand(args)
  const results = openResults(resultsPath)
  const earlier = new Map(isResumed ? results.earlier().map((result) => [result.seed, result]) : [])
  const all: SeedResult[] = seeds.flatMap((seed) => earlier.get(seed) ?? [])
  const scenarios = seeds
    .filter((seed) => !earlier.has(seed))
    .map((seed) => profiles[profile](seed))
  if (all.length > 0) print(`${all.length} seeds are done already, by ${resultsPath}`)
  const strays: string[] = []
  process.on('unhandledRejection', (reason) => {
    strays.push(`a promise was rejected and nobody noticed: ${(reason as Error)?.stack ?? reason}`)
  })
  const folder = await mkdtemp(join(tmpdir(), 'faults-page-'))
  if (scenarios.length > 0) await buildPage(folder)
  const browser = createBrowserProcess()

  const take = async (queue: Scenario[]) => {
    for (let scenario = queue.shift(); scenario; scenario = queue.shift()) {
      const running = browser.use((process) => runOne(scenario, { process, folder }))
      const { log, ...result } = await running.catch(broken(scenario))
      const problems = [...result.problems, ...strays.splice(0)]
      all.push({ ...result, problems })
      results.add({ ...result, problems })
      const title = `${all.length}/${seeds.length} seed ${scenario.seed}`
      print(`${problems.length > 0 ? '✗' : '✓'} ${title}${result.facts}`)
      if (problems.length > 0) print(failure(profile, scenario, problems))
      if (isVerbose) print([JSON.stringify(scenario, null, 1), ...log].join('\n'))
    }
  }
  const queue = scenarios.sort((a, b) => Number(isLong(b)) - Number(isLong(a)))
  await Promise.all(Array.from({ length: jobs }, () => take(queue)))
  await browser.close()
  await rm(folder, { recursive: true })
  const failed = all.filter(({ problems }) => problems.length > 0)
  if (failed.length > 0) print(`\nfailed seeds: ${failed.map(({ seed }) => seed).join(', ')}`)
  print(`\n${all.length - failed.length} passed, ${failed.length} failed`)
  return failed.length
}

function broken({ seed }: Scenario): (error: unknown) => Result {
  return (error) => ({
    seed,
    problems: [`the scenario itself broke: ${(error as Error)?.stack ?? error}`],
    facts: '',
    log: [],
  })
}

async function runOne(
  scenario: Scenario,
  { process, folder }: { process: Browser; folder: string },
): Promise<Result> {
  const start = performance.now()
  const site = await startSite(scenario, folder)
  try {
    const visitor = await createBrowserVisitor(process, scenario, site)
    try {
      const run = await runScenario(scenario, { site, visitor })
      const problems = await judge(scenario, site, run)
      return { seed: scenario.seed, problems, facts: factsOf(run, site, start), log: site.log() }
    } finally {
      await visitor.close()
    }
  } finally {
    await site.close()
  }
}

function factsOf({ completed, failedBefore, hiddenShare }: Run, site: Site, start: number) {
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const retried = failedBefore.length > 0 ? `, ${failedBefore.length} retried` : ''
  const hidden = hiddenShare > 0 ? `, hidden ${Math.round(hiddenShare * 100)} % of the time` : ''
  return `: ${completed.length} files${retried}, ${site.faultCount()} faults, ${site.requests.length} requests${hidden}, ${seconds} s`
}

function failure(profile: ProfileName, { seed }: Scenario, problems: readonly string[]): string {
  const replay = `replay it: npm run test:faults -- --profile ${profile} --seed ${seed}`
  return [...problems.slice(0, 8), replay].map((line) => `    ${line}`).join('\n')
}

async function buildPage(outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('page', import.meta.url)),
    resolve: { tsconfigPaths: true },
    build: { outDir, emptyOutDir: true },
  })
}
