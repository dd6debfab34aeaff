import { setTimeout as wait } from 'node:timers/promises'
import type { Browser } from 'playwright'
import { cpuSecondsOf } from './process-usage.js'

/** A process of the browser, as Chromium names it. */
export interface BrowserProcess {
  readonly id: number
  readonly type: string
}

/** The processes that the browser has now. */
export async function processesOf(browser: Browser): Promise<BrowserProcess[]> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo
}

const lookEveryMs = 500
const quietBelowCpuSeconds = 0.03
const looksAtMost = 20

/** Waits until the browser does nothing: a new window loads parts of its own user interface for a second or two. */
export async function waitUntilQuiet(browser: Browser): Promise<void> {
  for (let look = 0; look < looksAtMost; look += 1) {
    const pids = (await processesOf(browser)).map(({ id }) => id)
    const before = cpuSecondsOf(pids)
    await wait(lookEveryMs)
    if (cpuSecondsOf(pids) - before < quietBelowCpuSeconds) return
  }
}
