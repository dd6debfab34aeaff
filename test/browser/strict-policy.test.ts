import { beforeEach, expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'
import { sha256OfFile } from '../support/test-files.js'

const suite = browserSuite()
const nonce = 'c3RyaWN0'

beforeEach(async () => {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'nonce-${nonce}'`,
    "worker-src 'none'",
    `connect-src 'self' ${suite.app.bucket.endpoint}`,
    'img-src data:',
  ]
  suite.app.serve({
    headers: { 'content-security-policy': policy.join('; ') },
    rewrite: (html) => html.replaceAll(/<(script|link)\b/g, `<$1 nonce="${nonce}"`),
  })
  await suite.tab.page.reload()
})

it.each([20_000, 12_000_000])(
  'under a policy without workers, inline styles or other hosts, %d bytes arrive',
  async (size) => {
    suite.app.configure({ multipartThreshold: '5MiB' })
    const path = await suite.folder.write(`file-${size}.bin`, size)

    await suite.tab.page.locator('input[type=file]').setInputFiles(path)

    await expect.poll(() => suite.app.uploads.length, { timeout: 60_000 }).toBe(1)
    const [upload] = suite.app.uploads
    expect(await suite.app.bucket.sha256(upload?.key ?? '')).toBe(await sha256OfFile(path))
  },
)

it('a file is hashed although no worker may be started', async ({ skip }) => {
  skip(suite.app.bucket.server === 'ceph-16.2', 'This version knows no checksums.')
  const path = await suite.folder.write('photo.jpg', 2_000_000)

  await suite.tab.page.locator('input[type=file]').setInputFiles(path)

  await expect.poll(() => suite.app.uploads.length, { timeout: 60_000 }).toBe(1)
  const hash = Buffer.from(await sha256OfFile(path), 'hex').toString('base64')
  expect(suite.app.uploads[0]?.checksum).toBe(hash)
})

it('nothing of the component is forbidden but its worker, which it does without', async () => {
  await suite.tab.page
    .locator('input[type=file]')
    .setInputFiles([
      await suite.folder.write('one.txt', 10),
      await suite.folder.write('two.bin', 2_000_000),
    ])
  await expect.poll(() => suite.app.uploads.length, { timeout: 60_000 }).toBe(2)

  const others = suite.tab.consoleErrors.filter((text) => !/worker/i.test(text))

  expect(others).toEqual([])
  const display = await suite.tab.page
    .locator('.s3u')
    .evaluate((element) => getComputedStyle(element).display)
  expect(display).toBe('flex')
})
