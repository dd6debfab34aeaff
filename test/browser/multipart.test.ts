import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openPage } from '../support/browser-page.js'
import { browserSuite } from '../support/browser-suite.js'
import { startChromium } from '../support/start-chromium.js'
import { sha256OfFile } from '../support/test-files.js'

const suite = browserSuite()
/** At least 5 MiB each; two for each of the six parallel requests. */
const partNumbers = Array.from({ length: 12 }, (_, index) => index + 1)
const size = 65_000_000
let path: string

beforeEach(async () => {
  suite.app.configure({ multipartThreshold: '5MiB', partSize: '5MiB' })
  path = await suite.folder.write(`film-${crypto.randomUUID()}.mp4`, size)
})

afterEach(async () => {
  await expect.poll(() => suite.app.bucket.openUploads(), { timeout: 30_000 }).toBe(0)
})

const pick = () => suite.tab.page.locator('input[type=file]').setInputFiles([path])
const puts = () => suite.tab.requests.filter(({ method }) => method === 'PUT')
const partNumberOf = (url: string) => Number(new URL(url).searchParams.get('partNumber'))

async function expectStoredExactly(): Promise<void> {
  await expect.poll(() => suite.app.uploads.length, { timeout: 90_000 }).toBe(1)
  const [upload] = suite.app.uploads
  expect(await suite.app.bucket.sha256(upload?.key ?? '')).toBe(await sha256OfFile(path))
}

/** Reaches the middle of the upload. */
async function someParts(count: number): Promise<void> {
  await expect
    .poll(async () => (await suite.app.bucket.arrivedParts()).length, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(count)
}

it('goes to the bucket in parts, although the page may not read any ETag', async () => {
  await pick()

  await expectStoredExactly()
  expect(
    puts()
      .map(({ url }) => partNumberOf(url))
      .toSorted((a, b) => a - b),
  ).toEqual(partNumbers)
})

it('goes in larger parts with the server’s own sizes', async () => {
  suite.app.configure()

  await pick()

  await expectStoredExactly()
  expect(puts()).toHaveLength(6)
})

it('goes on however often the memory of page and worker is tidied up', async () => {
  const { browser } = await startChromium({ args: ['--js-flags=--expose-gc'] })
  const { page } = await openPage(browser, suite.app.url)
  const tidyUp = () => void setInterval(() => (globalThis.gc as () => void)(), 5)
  const worker = page.waitForEvent('worker')

  await page.evaluate(tidyUp)
  await page.locator('input[type=file]').setInputFiles([path])
  await (await worker).evaluate(tidyUp)

  await expectStoredExactly()
  await browser.close()
})

describe('after a reload in mid-upload', () => {
  it('the same file goes on where it stopped', async () => {
    await suite.tab.limitUpload(10_000_000)
    await pick()
    await someParts(2)
    await suite.tab.page.reload()
    await suite.tab.page.locator('input[type=file]').waitFor({ state: 'attached' })
    const arrived = await suite.app.bucket.arrivedParts()
    suite.tab.requests.length = 0
    await suite.tab.limitUpload(Number.POSITIVE_INFINITY)

    await pick()

    await expectStoredExactly()
    const sentAgain = puts().map(({ url }) => partNumberOf(url))
    expect(sentAgain.length).toBeLessThanOrEqual(partNumbers.length - arrived.length)
    expect(sentAgain.filter((partNumber) => arrived.includes(partNumber))).toEqual([])
  })
})

it('goes on by itself after a spell offline', async () => {
  await suite.tab.limitUpload(10_000_000)
  await pick()
  await someParts(1)
  await suite.tab.limitUpload(0)
  await new Promise((resolve) => setTimeout(resolve, 3000))
  expect(await suite.tab.page.locator('[data-status=failed]').count()).toBe(0)
  expect(await suite.tab.page.getByText('You are offline').count()).toBeGreaterThan(0)

  await suite.tab.limitUpload(Number.POSITIVE_INFINITY)

  await expectStoredExactly()
})

it('leaves nothing in the bucket when it is cancelled', async () => {
  await suite.tab.limitUpload(10_000_000)
  await pick()
  await someParts(1)

  await suite.tab.page.getByRole('button', { name: /film-/ }).last().click()

  await expect.poll(() => suite.app.bucket.openUploads(), { timeout: 30_000 }).toBe(0)
  expect(suite.app.uploads).toEqual([])
})
