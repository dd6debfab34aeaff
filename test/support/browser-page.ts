import { basename } from 'node:path'
import type { Browser, CDPSession, Page } from 'playwright'
import { startChromium } from './start-chromium.js'

/** A page in a real Chromium, with the requests it makes as the browser's network log has them. */
export interface BrowserPage {
  readonly page: Page
  /** Every request since the last call of `forget`, preflights included. */
  readonly requests: NetworkRequest[]
  readonly consoleErrors: string[]
  /** Drops files or folders of this computer on an element, as from the file manager. */
  drop(selector: string, paths: readonly string[]): Promise<void>
  /** Drops texts by their media type on an element, such as a link dragged from elsewhere. */
  dropData(selector: string, data: Readonly<Record<string, string>>): Promise<void>
  /** Limits how many bytes a second the page can send; `Infinity` ends that, 0 takes it offline. */
  limitUpload(bytesPerSecond: number): Promise<void>
  close(): Promise<void>
}

export interface NetworkRequest {
  readonly method: string
  readonly url: string
  readonly body: string
}

/** Starts a Chromium with nothing switched off. */
export async function launchBrowser(): Promise<Browser> {
  const { browser } = await startChromium()
  return browser
}

export async function openPage(browser: Browser, url: string): Promise<BrowserPage> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  const requests: NetworkRequest[] = []
  const consoleErrors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') consoleErrors.push(message.text())
  })
  page.on('pageerror', (error) => consoleErrors.push(String(error)))
  await session.send('Network.enable')
  session.on('Network.requestWillBeSent', ({ request }) => {
    requests.push({ method: request.method, url: request.url, body: request.postData ?? '' })
  })
  await page.goto(url)
  return {
    page,
    requests,
    consoleErrors,
    drop: (selector, paths) => drop(page, session, { selector, files: paths }),
    dropData: (selector, data) => drop(page, session, { selector, data }),
    async limitUpload(bytesPerSecond) {
      await session.send('Network.emulateNetworkConditions', {
        offline: bytesPerSecond === 0,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput: Number.isFinite(bytesPerSecond) ? bytesPerSecond : -1,
      })
    },
    close: () => context.close(),
  }
}

/** A page's script cannot make a folder; the browser's own drag events can. */
async function drop(
  page: Page,
  session: CDPSession,
  {
    selector,
    files = [],
    data: texts = {},
  }: {
    readonly selector: string
    readonly files?: readonly string[]
    readonly data?: Readonly<Record<string, string>>
  },
): Promise<void> {
  const box = await page.locator(selector).boundingBox()
  if (!box)
    throw new Error(`Nothing to drop ${files.map((path) => basename(path))} on: ${selector}`)
  const items = Object.entries(texts).map(([mimeType, data]) => ({ mimeType, data }))
  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const data = { items, files: [...files], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...point, data })
  }
}
