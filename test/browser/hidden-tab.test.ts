import { expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'

const suite = browserSuite()

/** Opens a tab in front of the page. */
async function hidePage(): Promise<void> {
  const { page } = suite.tab
  const other = await page.context().newPage()
  await other.bringToFront()
  await expect.poll(() => page.evaluate(() => document.visibilityState)).toBe('hidden')
}

it('a file in parts that was begun in front ends while the tab is hidden', async () => {
  suite.app.configure({ multipartThreshold: '5MiB', partSize: '5MiB' })
  await suite.tab.limitUpload(20_000_000)

  await suite.tab.page
    .locator('input[type=file]')
    .setInputFiles(await suite.folder.write('film.mp4', 60_000_000))
  await expect
    .poll(async () => (await suite.app.bucket.arrivedParts()).length, { timeout: 30_000 })
    .toBeGreaterThanOrEqual(1)
  await hidePage()

  await expect.poll(() => suite.app.uploads.length, { timeout: 60_000 }).toBe(1)
})
