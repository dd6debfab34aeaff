import type { Browser } from 'playwright'
import { afterAll, beforeAll } from 'vitest'
import { launchBrowser } from './browser-page.js'
import { type EngineApp, serveBuiltApp } from './engine-app.js'
import { createEngineAppFolder, type EngineAppFolder } from './engine-package.js'
import { createTestFolder, type TestFolder } from './test-files.js'

/** What the tests of a file share. */
export interface EngineSuite {
  /** An app that has the package; its page has `engine`. */
  app: EngineApp
  appFolder: EngineAppFolder
  browser: Browser
  /** For files to pick. */
  folder: TestFolder
}

/** Builds and serves the app and starts a browser for the tests of a file, and ends both after. */
export function engineSuite(): EngineSuite {
  // Filled before the first test begins.
  const suite = {} as EngineSuite

  beforeAll(async () => {
    suite.appFolder = await createEngineAppFolder()
    suite.app = await serveBuiltApp(suite.appFolder.path)
    suite.browser = await launchBrowser()
    suite.folder = await createTestFolder()
  })

  afterAll(async () => {
    await suite.browser.close()
    await suite.app.close()
    await suite.appFolder.remove()
    await suite.folder.remove()
  })

  return suite
}
