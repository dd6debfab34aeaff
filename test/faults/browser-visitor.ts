import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { changedContentOf, contentOf } from './contents.js'
import type { Driver, SeenFile } from './driver.js'
import type { Scenario, ScenarioFile } from './scenario.js'
import type { Site } from './site.js'
import type { Tab, Visitor } from './tab.js'

const readStoreMs = 2000
const hideMs = 5000

declare global {
  interface Window {
    /** Put there by the page. */
    driver: Driver
  }
}

/** Uploads with a real page: its own browser profile, real files, as many tabs as need be. */
export async function createBrowserVisitor(
  browser: Browser,
  { seed, files, options }: Scenario,
  site: Site,
): Promise<Visitor> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-'))
  await mkdir(folder, { recursive: true })
  const pathOf = (file: ScenarioFile) => join(folder, file.name)
  for (const file of files) await writeFile(pathOf(file), contentOf(seed, file))
  const context = await browser.newContext()
  // Stays open: one that closes would break what is said to all pages meanwhile.
  let cover: Page | undefined
  const url = `${site.url}/?options=${encodeURIComponent(JSON.stringify(options))}`
  return {
    async openTab() {
      const page = await context.newPage()
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(`The page threw ${error}`))
      await visit(page, () => page.goto(url))
      return tabOf(page, { errors, pathOf })
    },
    changeFile: (file) => writeFile(pathOf(file), changedContentOf(seed, file)),
    async goOffline() {
      await context.setOffline(true)
      return () => context.setOffline(false)
    },
    async hide() {
      cover ??= await context.newPage()
      await cover.bringToFront()
      const covered = () => context.pages().filter((page) => page !== cover)
      await Promise.all(covered().map(expectHidden))
      return async () => await covered().at(-1)?.bringToFront()
    },
    async close() {
      await context.close()
      await rm(folder, { recursive: true })
    },
  }
}

function tabOf(
  page: Page,
  { errors, pathOf }: { errors: string[]; pathOf: (file: ScenarioFile) => string },
): Tab {
  const call = (name: 'pause' | 'resume' | 'remove', file: string) =>
    page.evaluate(([method, argument]) => window.driver[method](argument), [name, file] as const)
  return {
    errors,
    add: (files) => page.locator('input').setInputFiles(files.map(pathOf)),
    pause: (name) => call('pause', name),
    resume: (name) => call('resume', name),
    remove: (name) => call('remove', name),
    pauseAll: () => page.evaluate(() => window.driver.pauseAll()),
    resumeAll: () => page.evaluate(() => window.driver.resumeAll()),
    cancelAll: () => page.evaluate(() => window.driver.cancelAll()),
    retry: () => page.evaluate(() => window.driver.retry()),
    async discardInterrupted() {
      // The page reads its store without being asked.
      await page.waitForTimeout(readStoreMs)
      await page.evaluate(() => window.driver.discardInterrupted())
    },
    look: (): Promise<SeenFile[]> => page.evaluate(() => window.driver.look()),
    reload: () => visit(page, () => page.reload()),
    close: () => page.close(),
  }
}

/** @throws when the browser keeps a covered page awake, or else the run would prove nothing. */
async function expectHidden(page: Page): Promise<void> {
  const end = performance.now() + hideMs
  // A page that is loading, or has gone, answers nothing.
  while ((await page.evaluate(() => document.visibilityState).catch(() => 'hidden')) !== 'hidden') {
    if (performance.now() > end) throw new Error('A page behind another tab is visible.')
  }
}

async function visit(page: Page, go: () => Promise<unknown>): Promise<void> {
  await go()
  // A hidden page paints nothing; the default would wait for that.
  await page.waitForFunction(() => 'driver' in window, undefined, { polling: 100 })
}
