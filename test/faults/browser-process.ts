import type { Browser } from 'playwright'
import { launchBrowser } from '../support/browser-page.js'

/** One browser process for many scenarios, started anew when it has crashed. */
export interface BrowserProcess {
  /** Runs a task with the browser, and once more when the browser crashed under it. */
  use<T>(task: (browser: Browser) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export function createBrowserProcess(): BrowserProcess {
  let launched: Promise<Browser> | undefined

  const running = async () => {
    const present = launched
    const browser = await present
    // Another scenario may have started a new one meanwhile.
    if (!browser?.isConnected() && launched === present) launched = launchBrowser()
    return launched ?? launchBrowser()
  }

  return {
    async use(task) {
      const browser = await running()
      try {
        return await task(browser)
      } catch (error) {
        if (browser.isConnected()) throw error
        return await task(await running())
      }
    },
    async close() {
      await (await launched)?.close()
    },
  }
}
