import { readFileSync } from 'node:fs'
import { type Browser, chromium } from 'playwright'
import { describe, expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'
import { chromiumLaunchOptions } from '../support/find-chromium.js'

/** What the other tests of this folder rely on: their browser treats pages as a user's browser does. */
const suite = browserSuite()

/** Opens a tab in front of the page. */
async function hidePage(): Promise<void> {
  const { page } = suite.tab
  const other = await page.context().newPage()
  await other.bringToFront()
  await expect.poll(() => page.evaluate(() => document.visibilityState)).toBe('hidden')
}

/** How often a timer of the page that wants to run each 10 ms runs within so many seconds. */
const runsOfTimer = (seconds: number) =>
  suite.tab.page.evaluate(async (milliseconds) => {
    let runs = 0
    const end = performance.now() + milliseconds
    while (performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 10))
      runs += 1
    }
    return runs
  }, seconds * 1000)

it('a page behind another tab is hidden, and its timers run once a second', async () => {
  const before = await runsOfTimer(3)
  await hidePage()

  const hidden = await runsOfTimer(6)

  expect(before).toBeGreaterThan(10)
  expect(hidden).toBeLessThanOrEqual(8)
})

it('a page in front is visible again, and its timers run', async () => {
  await hidePage()

  await suite.tab.page.bringToFront()

  await expect.poll(() => suite.tab.page.evaluate(() => document.visibilityState)).toBe('visible')
  expect(await runsOfTimer(3)).toBeGreaterThan(10)
})

it('a page that was left comes back from the cache of the browser as it was', async () => {
  const { page } = suite.tab
  await page.evaluate(() => Object.assign(window, { wasHereBefore: true }))

  await page.goto(`${suite.app.url}/download.html`)
  await page.goBack({ waitUntil: 'commit' })

  await expect.poll(() => page.evaluate(() => 'wasHereBefore' in window)).toBe(true)
})

/** The switches that a browser of this computer was started with. */
async function switchesOf(browser: Browser): Promise<string[]> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const main = processInfo.find(({ type }) => type === 'browser')
  return readFileSync(`/proc/${main?.id}/cmdline`, 'utf8').split('\0')
}

const keepsAwake = /throttling|backgrounding|flooding|back-forward|hang-monitor|popup-blocking/

describe.runIf(process.platform === 'linux')('no switch keeps pages awake', () => {
  it('of the browser of these tests, whose features are all on as well', async () => {
    const switches = await switchesOf(suite.browser)

    expect(switches).toContain('--headless=new')
    expect(switches.filter((text) => keepsAwake.test(text))).toEqual([])
    expect(switches.filter((text) => /disable-features|automation/.test(text))).toEqual([])
  })

  it('of the browser of the stories', async () => {
    const browser = await chromium.launch(chromiumLaunchOptions())

    const switches = await switchesOf(browser)

    await browser.close()
    expect(switches).toContain('--headless')
    expect(switches.filter((text) => keepsAwake.test(text))).toEqual([])
  })
})
