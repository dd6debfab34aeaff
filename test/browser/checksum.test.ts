import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { utimes } from 'node:fs/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { type BrowserPage, openPage } from '../support/browser-page.js'
import { serveInDevelopment } from '../support/engine-app.js'
import { engineSuite } from '../support/engine-suite.js'
import { sha256OfFile } from '../support/test-files.js'

const mebibyte = 1024 * 1024

const suite = engineSuite()
let tab: BrowserPage

/** Opens the page, and has a file picked if its size is given. */
async function open({
  url = suite.app.url,
  policy = '',
  sizeBytes,
}: OpenOptions = {}): Promise<string> {
  tab = await openPage(suite.browser, policy ? `${url}?csp=${encodeURIComponent(policy)}` : url)
  await tab.page.waitForFunction(() => 'engine' in globalThis)
  const path = sizeBytes === undefined ? '' : await suite.folder.write('picked.bin', sizeBytes)
  if (path) await tab.page.locator('input').setInputFiles(path)
  return path
}

interface OpenOptions {
  url?: string
  /** A Content-Security-Policy. */
  policy?: string
  sizeBytes?: number
}

/** What is computed of the picked file first, which is in the page, or the name of the error. */
const checksumOfPicked = () =>
  tab.page.evaluate(async () => {
    const [file = new Blob()] = document.querySelector('input')?.files ?? []
    const checksums = engine.checksum.createChecksummer({ runtime: engine.runtime.systemRuntime })
    return await checksums.sha256(file, new AbortController().signal).catch((error) => error.name)
  })

/** What the worker computes of the picked file as soon as it runs, or the name of the error. */
const checksumByWorker = () =>
  tab.page.evaluate(async () => {
    let asked = 0
    const { postMessage } = Worker.prototype
    Worker.prototype.postMessage = function (...args: unknown[]) {
      asked += 1
      postMessage.apply(this, args as Parameters<typeof postMessage>)
    }
    const [file = new Blob()] = document.querySelector('input')?.files ?? []
    const checksums = engine.checksum.createChecksummer({ runtime: engine.runtime.systemRuntime })
    for (;;) {
      const { signal } = new AbortController()
      const checksum = await checksums.sha256(file, signal).catch((error) => error.name)
      if (asked > 0) return checksum
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })

const checksumByNode = async (path: string) =>
  Buffer.from(await sha256OfFile(path), 'hex').toString('base64')

const workerUrls = () => tab.page.workers().map((worker) => worker.url())

afterEach(() => tab.close())

it.each([0, 1, 8 * mebibyte, 40 * mebibyte])(
  'the checksum of %d bytes is the one that Node computes',
  async (sizeBytes) => {
    const path = await open({ sizeBytes })

    expect(await checksumOfPicked()).toBe(await checksumByNode(path))
    expect(tab.consoleErrors).toEqual([])
  },
)

it('so it is when the worker computes it', async () => {
  const path = await open({ sizeBytes: 40 * mebibyte })

  expect(await checksumByWorker()).toBe(await checksumByNode(path))
  expect(tab.consoleErrors).toEqual([])
})

describe('the worker', () => {
  it('is a file of the built app', async () => {
    await open({ sizeBytes: 2 * mebibyte })

    await checksumByWorker()

    expect(workerUrls()).toEqual([
      expect.stringMatching(/^http:.*\/assets\/checksum-worker-[\w-]+\.js$/),
    ])
  })

  it('is permitted by a policy that permits the own origin alone', async () => {
    const path = await open({
      policy: "default-src 'self'; worker-src 'self'",
      sizeBytes: 2 * mebibyte,
    })

    expect(await checksumByWorker()).toBe(await checksumByNode(path))
    expect(workerUrls()).toHaveLength(1)
    expect(tab.consoleErrors).toEqual([])
  })

  it('is done without where a policy forbids workers', async () => {
    const policy = "default-src 'self'; worker-src 'none'"
    const path = await open({ policy, sizeBytes: 8 * mebibyte })

    expect(await checksumOfPicked()).toBe(await checksumByNode(path))
    expect(workerUrls()).toEqual([])
    // The browser's own words; nothing of the page's.
    expect(tab.consoleErrors.filter((text) => !/Content Security Policy/i.test(text))).toEqual([])
  })

  it('is done without where its file is gone, as after a new version of the app', async () => {
    const path = await open({ sizeBytes: 2 * mebibyte })
    await tab.page.route('**/checksum-worker*', (route) => route.fulfill({ status: 404 }))

    expect(await checksumOfPicked()).toBe(await checksumByNode(path))
    await expect.poll(workerUrls).toEqual([])
  })

  it("runs in an app on Vite's development server", async () => {
    const development = await serveInDevelopment(suite.appFolder.path)
    const path = await open({ url: development.url, sizeBytes: 2 * mebibyte })

    const checksum = await checksumByWorker()
    const urls = workerUrls()
    await tab.close()
    await development.close()

    expect(checksum).toBe(await checksumByNode(path))
    expect(urls).toHaveLength(1)
  })
})

it.each([
  ['in the worker', checksumByWorker],
  ['in the page', checksumOfPicked],
])('a file changed after it was picked cannot be read %s', async (_, compute) => {
  const path = await open({ sizeBytes: 2 * mebibyte })
  // Only when it is asked does the browser look at the date of a picked file.
  await tab.page.evaluate(() => document.querySelector('input')?.files?.[0]?.lastModified)
  // Chromium compares whole seconds.
  await utimes(path, new Date(0), new Date(0))

  expect(await compute()).toBe('NotReadableError')
})

it('256 MiB in slices never hold up the page for 50 ms', async () => {
  const path = await open({ sizeBytes: 256 * mebibyte })

  const { checksums, ofLoop, ofHashing } = await tab.page.evaluate(async (sliceBytes) => {
    let longTasks = 0
    const observer = new PerformanceObserver((list) => {
      longTasks += list.getEntries().length
    })
    observer.observe({ type: 'longtask' })
    const afterTasks = () => new Promise((resolve) => setTimeout(resolve, 100))
    // Proves that a long task would be seen.
    setTimeout(() => {
      for (const start = performance.now(); performance.now() < start + 80; );
    })
    await afterTasks()
    const ofLoop = longTasks

    const [file = new Blob()] = document.querySelector('input')?.files ?? []
    const source = engine.checksum.createChecksummer({ runtime: engine.runtime.systemRuntime })
    const { signal } = new AbortController()
    const starts = Array.from({ length: file.size / sliceBytes }, (_, index) => index * sliceBytes)
    const checksums = await Promise.all(
      starts.map((start) => source.sha256(file.slice(start, start + sliceBytes), signal)),
    )
    await afterTasks()
    return { checksums, ofLoop, ofHashing: longTasks - ofLoop }
  }, 8 * mebibyte)

  expect(checksums).toEqual(await checksumsOfSlices(path, 8 * mebibyte))
  expect(ofLoop).toBe(1)
  expect(ofHashing).toBe(0)
})

async function checksumsOfSlices(path: string, sliceBytes: number): Promise<string[]> {
  const checksums: string[] = []
  const stream = createReadStream(path, { highWaterMark: sliceBytes })
  for await (const slice of stream) {
    checksums.push(createHash('sha256').update(slice).digest('base64'))
  }
  return checksums
}
