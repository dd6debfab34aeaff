import type { CDPSession, Page } from 'playwright'
import { type StartedChromium, startChromium } from '../support/start-chromium.js'

/** A page of a browser whose profile outlives it. */
export interface PageOfProfile {
  readonly page: Page
  readonly session: CDPSession
  /** Ends the browser as a crash would. */
  kill(): Promise<void>
  /** What the page lists as not finished last time. */
  listed(): Promise<string>
}

/** Starts a browser with this profile and opens a page in it. */
export async function openPageOfProfile(profile: string, url: string): Promise<PageOfProfile> {
  const chromium: StartedChromium = await startChromium({ profile })
  const [context] = chromium.browser.contexts()
  if (!context) throw new Error('The browser has no profile.')
  const page = await context.newPage()
  await page.goto(url)
  await page.locator('input[type=file]').waitFor({ state: 'attached' })
  return {
    page,
    session: await context.newCDPSession(page),
    kill: chromium.kill,
    async listed() {
      // The page reads its store without being asked.
      await page.waitForTimeout(1500)
      const region = page.locator('.s3u-interrupted')
      return (await region.count()) === 0 ? '' : region.innerText()
    },
  }
}
