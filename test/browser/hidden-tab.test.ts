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

// A visible tab takes a sixth of this, or half of it on a busy machine.
it('1,500 files go up in a tab that is hidden right after they were chosen', {
  timeout: 150_000,
}, async () => {
  const paths = await Promise.all(
    Array.from({ length: 1500 }, (_, index) => suite.folder.write(`many/${index}.bin`, 100)),
  )

  await suite.tab.page.locator('input[type=file]').setInputFiles(paths)
  await hidePage()

  const confirmed = () => new Set(suite.app.uploads.map(({ key }) => key)).size
  await expect.poll(confirmed, { timeout: 110_000 }).toBe(1500)
})

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
