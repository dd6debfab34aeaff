import { beforeEach, describe, expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'

const suite = browserSuite()

const wordsForUsers = 'Please tell the people who run this page.'

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

describe('under a Cross-Origin-Embedder-Policy', () => {
  beforeEach(() => withHeaders({ 'cross-origin-embedder-policy': 'require-corp' }))

  it('a bucket whose CORS rules do not fit is called that', async () => {
    suite.app.configure({ method: 'PUT' })
    await suite.app.bucket.allowOrigin('https://another.test')

    const { message } = await uploadAndReadError()

    await suite.app.bucket.allowOrigin(suite.app.url)
    expect(message).toMatch(/can be reached.*CORS rules/)
  })

  it('a bucket that is not there is called that', async () => {
    suite.app.configure({ endpoint: 'http://127.0.0.1:9', method: 'PUT' })

    const { message } = await uploadAndReadError()

    expect(message).toContain('cannot be reached')
  })

  it('a bucket whose rules fit takes the file', async () => {
    await chooseFile()

    const row = suite.tab.page.getByRole('listitem').filter({ hasText: 'photo.jpg' })
    await row.and(suite.tab.page.locator('[data-status=complete]')).waitFor({ timeout: 60_000 })
  })
})

it('a sandboxed frame without an origin is told so at once', async () => {
  const { page } = suite.tab
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/api/s3')) asked.push(request.method())
  })
  // What lets the scripts of the page run in the frame at all.
  await withHeaders({ 'access-control-allow-origin': '*' }, '**/*.{js,css}')
  const html = `<iframe sandbox="allow-scripts" src="${suite.app.url}/"></iframe>`
  await page.route('**/frame.html', (route) =>
    route.fulfill({ body: html, contentType: 'text/html' }),
  )
  await page.goto(`${suite.app.url}/frame.html`)
  const frame = page.frameLocator('iframe')
  const path = await suite.folder.write('photo.jpg', 20_000)
  await frame.locator('input[type=file]').setInputFiles(path)

  await frame.locator('[data-status=failed]').waitFor({ timeout: 20_000 })

  const message = await frame.locator('html').getAttribute('data-error')
  expect(message).toMatch(/Origin: null.*allow-same-origin/)
  await expect.poll(() => frame.getByRole('listitem').textContent()).toContain(wordsForUsers)
  expect(asked.length).toBeLessThanOrEqual(2)
})

/** Has the page, or these files of it, come with more headers. */
async function withHeaders(headers: Record<string, string>, files = suite.app.url): Promise<void> {
  const { page } = suite.tab
  await page.route(files, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, headers: { ...response.headers(), ...headers } })
  })
  await page.reload()
}
