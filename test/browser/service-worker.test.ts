import { afterEach, expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'
import { fetchPast, type Line, startLine } from '../support/line.js'
import { sha256OfFile } from '../support/test-files.js'

const suite = browserSuite()
let line: Line | undefined

afterEach(async () => {
  await line?.close()
  line = undefined
})

/** The worker of an installable app that only passes requests on: the page then hears of no upload progress. */
const passThrough = `
  addEventListener('install', () => skipWaiting())
  addEventListener('activate', (event) => event.waitUntil(clients.claim()))
  addEventListener('fetch', (event) => event.respondWith(fetch(event.request)))`

async function comeUnderTheWorker(): Promise<void> {
  const { page } = suite.tab
  suite.app.serve({ files: { '/worker.js': passThrough } })
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/worker.js')
    await navigator.serviceWorker.ready
  })
  await page.reload()
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
}

async function expectStored(path: string): Promise<void> {
  await expect.poll(() => suite.app.uploads.length, { timeout: 90_000 }).toBe(1)
  const [upload] = suite.app.uploads
  expect(await suite.app.bucket.sha256(upload?.key ?? '')).toBe(await sha256OfFile(path))
}

it('a file in parts goes through a worker that passes requests on', async () => {
  suite.app.configure({ multipartThreshold: '5MiB', partSize: '5MiB' })
  await comeUnderTheWorker()
  const path = await suite.folder.write('film.mp4', 20_000_000)

  await suite.tab.page.locator('input[type=file]').setInputFiles(path)

  await expectStored(path)
})

it('a file that takes longer than any silence that is a stall is sent once', async () => {
  const port = Number(new URL(suite.app.bucket.endpoint).port)
  line = await startLine(port, { bytesPerSecond: 1_000_000 })
  suite.app.configure({ endpoint: line.url, fetch: fetchPast(port) })
  // Twenty seconds are two hundred for the page.
  await suite.tab.page.addInitScript(() => {
    const { setTimeout: wait } = window
    const now = performance.now.bind(performance)
    Object.assign(window, {
      setTimeout: (run: () => void, milliseconds = 0) => wait(run, milliseconds / 10),
    })
    performance.now = () => now() * 10
  })
  await comeUnderTheWorker()
  const path = await suite.folder.write('clip.mp4', 20_000_000)

  await suite.tab.page.locator('input[type=file]').setInputFiles(path)

  await expectStored(path)
  expect(line.sentBytes).toBeLessThan(24_000_000)
})
