import type { Browser } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type BrowserApp, startBrowserApp } from './browser-app.js'
import { type BrowserPage, launchBrowser, openPage } from './browser-page.js'
import { createTestFolder, type TestFolder } from './test-files.js'

/** What the tests of a file share; `tab` is a new one for each test. */
export interface BrowserSuite {
  app: BrowserApp
  browser: Browser
  folder: TestFolder
  tab: BrowserPage
}

/** Starts the page, its endpoint, a bucket and a browser for the tests of a file, and ends them after. */
export function browserSuite(path = '/'): BrowserSuite {
  // Filled before the first test begins.
  const suite = {} as BrowserSuite

  beforeAll(async () => {
    suite.app = await startBrowserApp()
    suite.browser = await launchBrowser()
    suite.folder = await createTestFolder()
  })

  afterAll(async () => {
    await suite.browser.close()
    await suite.app.close()
    await suite.folder.remove()
  })

  beforeEach(async () => {
    suite.app.configure()
    suite.app.serve()
    suite.app.uploads.length = 0
    suite.tab = await openPage(suite.browser, suite.app.url + path)
  })

  afterEach(() => suite.tab.close())

  return suite
}
