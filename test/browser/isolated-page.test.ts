import { beforeEach, expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'
import { fetchPast, startLine } from '../support/line.js'
import { sha256OfFile } from '../support/test-files.js'

const suite = browserSuite()

beforeEach(async () => {
  suite.app.serve({
    headers: {
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    },
  })
  await suite.tab.page.reload()
  expect(await suite.tab.page.evaluate(() => crossOriginIsolated)).toBe(true)
})

const pick = (path: string) => suite.tab.page.locator('input[type=file]').setInputFiles(path)

it.each([20_000, 12_000_000])('a page that is isolated (COEP) uploads %d bytes', async (size) => {
  suite.app.configure({ multipartThreshold: '5MiB' })
  const path = await suite.folder.write(`file-${size}.bin`, size)

  await pick(path)

  await expect.poll(() => suite.app.uploads.length, { timeout: 60_000 }).toBe(1)
  const [upload] = suite.app.uploads
  expect(await suite.app.bucket.sha256(upload?.key ?? '')).toBe(await sha256OfFile(path))
  expect(suite.tab.consoleErrors).toEqual([])
})

/** What developers read once the file has failed. */
async function failedMessage(): Promise<string | null> {
  const { page } = suite.tab
  await pick(await suite.folder.write('photo.jpg', 20_000))
  await page.locator('li[data-status=failed]').waitFor({ timeout: 100_000 })
  return page.locator('html').getAttribute('data-error')
}

it('a bucket without CORS rules for the page is called that there too', async () => {
  suite.app.configure({ method: 'PUT' })
  await suite.app.bucket.allowOrigin('https://another.test')

  const message = await failedMessage()

  await suite.app.bucket.allowOrigin(suite.app.url)
  expect(message).toContain('CORS rules')
})

it('a storage that is down is not called a bucket without CORS rules', async () => {
  const port = Number(new URL(suite.app.bucket.endpoint).port)
  const line = await startLine(port)
  line.isDown = true
  suite.app.configure({ endpoint: line.url, fetch: fetchPast(port) })

  const message = await failedMessage()

  await line.close()
  expect(message).toContain('cannot be reached')
})
