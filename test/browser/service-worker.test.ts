import { expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'
import { sha256OfFile } from '../support/test-files.js'

const suite = browserSuite()

it('a file in parts goes through a worker that passes requests on', async () => {
  const { page } = suite.tab
  suite.app.configure({ multipartThreshold: '5MiB', partSize: '5MiB' })
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/pass-through-worker.js')
    await navigator.serviceWorker.ready
  })
  await page.reload()
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  const path = await suite.folder.write('film.mp4', 20_000_000)

  await page.locator('input[type=file]').setInputFiles(path)

  await expect.poll(() => suite.app.uploads.length, { timeout: 90_000 }).toBe(1)
  const [upload] = suite.app.uploads
  expect(await suite.app.bucket.sha256(upload?.key ?? '')).toBe(await sha256OfFile(path))
})
