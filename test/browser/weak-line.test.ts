import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'
import { fetchPast, type Line, startLine } from '../support/line.js'
import { sha256OfFile } from '../support/test-files.js'

const suite = browserSuite()
const mebibyte = 2 ** 20
const fiveMebibytes = { multipartThreshold: '5MiB', partSize: '5MiB' } as const
let line: Line

beforeEach(async () => {
  line = await startLine(Number(new URL(suite.app.bucket.endpoint).port), { delayMs: 30 })
})

afterEach(() => line.close())

/** Has everything of the page go over the line, the server's own requests past it. */
function signForLine(options: Parameters<typeof suite.app.configure>[0] = {}): void {
  const port = Number(new URL(suite.app.bucket.endpoint).port)
  suite.app.configure({ endpoint: line.url, fetch: fetchPast(port), ...options })
}

async function upload(size: number, seconds: number): Promise<void> {
  const path = await suite.folder.write(`film-${crypto.randomUUID()}.mp4`, size)
  await suite.tab.page.locator('input[type=file]').setInputFiles([path])
  await expect.poll(() => suite.app.uploads.length, { timeout: seconds * 1000 }).toBe(1)
  const [stored] = suite.app.uploads
  expect(await suite.app.bucket.sha256(stored?.key ?? '')).toBe(await sha256OfFile(path))
}

describe('on a line that resets every connection again and again', () => {
  it('three parts of which only one at a time comes through between two breaks go up', async () => {
    signForLine(fiveMebibytes)
    line.bytesPerSecond = 1_200_000
    const timer = setInterval(() => line.cut(), 7000)

    await upload(15 * mebibyte, 110).finally(() => clearInterval(timer))

    expect(line.connections).toBeGreaterThan(6)
  }, 120_000)

  it('a file that goes whole is cut into parts', async () => {
    signForLine()
    line.bytesPerSecond = 1_200_000
    const timer = setInterval(() => line.cut(), 7000)

    await upload(12 * mebibyte, 110).finally(() => clearInterval(timer))

    expect(suite.tab.requests.some(({ url }) => url.includes('partNumber=3'))).toBe(true)
  }, 120_000)
})

it('behind a service worker that passes requests on, a slow upload is sent once', async () => {
  const { page } = suite.tab
  await page.addInitScript(() => {
    // Ten seconds of the page are one: the upload takes longer than any limit to the first sign of life.
    const { setTimeout: wait } = window
    const now = performance.now.bind(performance)
    Object.assign(window, {
      setTimeout: (handler: () => void, milliseconds = 0) => wait(handler, milliseconds / 10),
    })
    performance.now = () => now() * 10
  })
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/pass-through-worker.js')
    await navigator.serviceWorker.ready
  })
  await page.reload()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  signForLine()
  line.bytesPerSecond = 400_000

  await upload(7 * mebibyte, 60)

  expect(line.sentBytes).toBeLessThan(1.5 * 7 * mebibyte)
}, 90_000)
