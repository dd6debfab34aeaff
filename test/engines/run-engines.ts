import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildPage } from './build-page.js'
import type { Engine, EngineTab } from './engine.js'
import { type EngineSite, startEngineSite } from './engine-site.js'
import { startFirefox } from './firefox.js'
import type { Row, Stage } from './row.js'
import { createRowFiles } from './row-files.js'
import { rows } from './rows/rows.js'
import { sleep } from './until.js'
import { userOf } from './user.js'
import { startWebKit } from './webkit.js'

const rowLimitMs = 150_000
const engines = { firefox: startFirefox, webkit: startWebKit } as const
/** Where `.ci/run` installs both. */
const isExpected = process.env.CI === 'true' && existsSync('/usr/bin/apt-get')
/** The suite could not run here, as `.ci/run` understands it. */
const skippedCode = 77

const print = (text: string) => process.stdout.write(`${text}\n`)

interface Tally {
  passed: number
  failed: number
  retried: number
}

/**
 * Runs the rows in both engines at once, or what `--only firefox|webkit` and `--row TEXT` leave; resolves with the exit
 * code. A row that fails is run once more, and that is counted: the drivers of these browsers are not ours.
 */
export async function runEngines(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' }, row: { type: 'string', default: '' } },
  })
  const wantedRows = rows.filter(({ name }) => name.includes(values.row))
  const names = (['firefox', 'webkit'] as const).filter((name) => (values.only ?? name) === name)
  const page = await mkdtemp(join(tmpdir(), 'engine-page-'))
  await buildPage(page)
  const tally: Tally = { passed: 0, failed: 0, retried: 0 }
  const missing: string[] = []
  const runOne = async (name: keyof typeof engines) => {
    const engine = await engines[name]()
    if (!engine) return void missing.push(name)
    print(`${name} ${engine.version}`)
    const start = performance.now()
    try {
      for (const row of wantedRows) await runRow(row, { engine, page, tally })
    } finally {
      await engine.close()
    }
    print(`${name}: ${Math.round((performance.now() - start) / 1000)} s`)
  }
  await Promise.all(names.map(runOne))
  await rm(page, { recursive: true })
  for (const name of missing) print(`SKIPPED: ${name} is not installed (CONTRIBUTING.md says how)`)
  print(`${tally.retried} rows needed their second try`)
  if (isExpected) tally.failed += missing.length
  else if (missing.length === names.length) return skippedCode
  print(`\n${tally.passed} passed, ${tally.failed} failed`)
  return tally.failed > 0 ? 1 : 0
}

interface RowSetting {
  readonly engine: Engine
  readonly page: string
  readonly tally: Tally
}

async function runRow(row: Row, { engine, page, tally }: RowSetting): Promise<void> {
  const start = performance.now()
  const say = (sign: string, more = '') => {
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    print(`${sign} ${engine.name}: ${row.name}, ${seconds} s${more}`)
  }
  for (const isLast of [false, true]) {
    try {
      await tryRow(row, engine, page)
      tally.passed += 1
      return say('✓', isLast ? ' (second try)' : '')
    } catch (error) {
      if (isLast) tally.failed += 1
      else tally.retried += 1
      say(
        isLast ? '✗' : '↻',
        `\n    ${(error as Error).stack?.split('\n').slice(0, 6).join('\n    ')}`,
      )
    }
  }
}

async function tryRow(row: Row, engine: Engine, page: string): Promise<void> {
  const files = await createRowFiles()
  const tabs: EngineTab[] = []
  const sites: EngineSite[] = []
  const stage: Stage = {
    engine: engine.name,
    files,
    async startSite(options) {
      const site = await startEngineSite(page, options)
      sites.push(site)
      return site
    },
    async openTab(url) {
      const tab = await engine.open(url)
      tabs.push(tab)
      return tab
    },
    async openPage(url) {
      const user = userOf(await stage.openTab(url))
      await user.ready()
      return user
    },
  }
  const late = sleep(rowLimitMs).then(() => {
    throw new Error(`The row takes more than ${rowLimitMs / 1000} s.`)
  })
  late.catch(() => undefined)
  try {
    await Promise.race([row.run(stage), late])
  } finally {
    for (const tab of tabs) await tab.close().catch(() => undefined)
    for (const site of sites) await site.close()
    await files.remove()
  }
}
