import { existsSync } from 'node:fs'
import { firefox, type Page } from 'playwright'
import { callOf, type Engine, type EngineTab } from './engine.js'

const program = process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr'

/** Starts Firefox, driven by Playwright; undefined where it is not installed. */
export async function startFirefox(): Promise<Engine | undefined> {
  if (!existsSync(program)) return undefined
  const browser = await firefox.launch({
    executablePath: program,
    // The protocol that the Firefox of a distribution speaks; Playwright's own is a patched one.
    channel: 'moz-firefox',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })
  return {
    name: 'firefox',
    version: browser.version(),
    async open(url) {
      const context = await browser.newContext({ viewport: { width: 1000, height: 800 } })
      const page = await context.newPage()
      page.on('dialog', (dialog) => void dialog.accept())
      await page.goto(url)
      return tabOf(page)
    },
    close: () => browser.close(),
  }
}

function tabOf(page: Page): EngineTab {
  return {
    go: async (url) => void (await page.goto(url)),
    back: async () => void (await page.goBack()),
    reload: async () => void (await page.reload()),
    ev: (run, ...given) => page.evaluate(callOf(run, given)),
    choose: (...paths) => page.locator('input[type=file]').first().setInputFiles(paths),
    key: (key) => page.keyboard.press(key),
    shot: () => page.screenshot(),
    close: () => page.context().close(),
  }
}
