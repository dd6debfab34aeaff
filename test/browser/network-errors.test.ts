import { expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'

const suite = browserSuite()

const wordsForUsers = 'Please tell the people who run this page.'

/** What developers and users read of the failed upload. */
async function uploadAndReadError() {
  const { page } = suite.tab
  const path = await suite.folder.write('photo.jpg', 20_000)
  await page.locator('input[type=file]').setInputFiles(path)
  const row = page.getByRole('listitem').filter({ hasText: 'photo.jpg' })
  await row.and(page.locator('[data-status=failed]')).waitFor({ timeout: 100_000 })
  const message = (await page.locator('html').getAttribute('data-error')) ?? ''
  return { message, row: (await row.textContent()) ?? '' }
}

it('a page whose own policy forbids the bucket is told so at once, with the line to change', async () => {
  const { page } = suite.tab
  await page.route(suite.app.url, async (route) => {
    const response = await route.fetch()
    const policy = "default-src 'self' 'unsafe-inline'"
    const headers = { ...response.headers(), 'content-security-policy': policy }
    await route.fulfill({ response, headers })
  })
  await page.reload()

  const { message, row } = await uploadAndReadError()
  expect(message).toContain('Add that origin to its connect-src')
  expect(row).toContain(wordsForUsers)
})

it('a bucket that is reached and whose answers may not be read is told apart from a lost connection', async () => {
  suite.app.configure({ method: 'PUT' })
  await suite.app.bucket.allowOrigin('https://another.test')

  const { message, row } = await uploadAndReadError()

  await suite.app.bucket.allowOrigin(suite.app.url)
  expect(message).toContain('CORS rules')
  expect(message).toContain(new URL(suite.app.url).origin)
  expect(row).toContain(wordsForUsers)
})
