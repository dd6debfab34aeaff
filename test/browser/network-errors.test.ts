import { expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'

const suite = browserSuite()

const wordsForUsers = 'Please tell the people who run it.'

async function chooseFile(): Promise<void> {
  const path = await suite.folder.write('photo.jpg', 20_000)
  await suite.tab.page.locator('input[type=file]').setInputFiles(path)
}

/** What developers and users read of the failed upload. */
async function uploadAndReadError() {
  const { page } = suite.tab
  await chooseFile()
  const row = page.getByRole('listitem').filter({ hasText: 'photo.jpg' })
  await row.and(page.locator('[data-status=failed]')).waitFor({ timeout: 100_000 })
  const message = (await page.locator('html').getAttribute('data-error')) ?? ''
  return { message, row: (await row.textContent()) ?? '' }
}

it('a page whose own policy forbids the bucket is told so at once, with the line to change', async () => {
  await withHeaders({ 'content-security-policy': "default-src 'self' 'unsafe-inline'" })

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

/** Has the page come with more headers. */
async function withHeaders(headers: Record<string, string>): Promise<void> {
  const { page } = suite.tab
  await page.route(suite.app.url, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, headers: { ...response.headers(), ...headers } })
  })
  await page.reload()
}
