import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { S3DownloadProps } from 's3-direct-upload'
import { publicUrl } from 's3-direct-upload/server'
import { expect, it } from 'vitest'
import { objectUrl } from '../../src/s3/endpoint.js'
import { presignUrl } from '../../src/sigv4/presign-url.js'
import { browserSuite } from '../support/browser-suite.js'

const suite = browserSuite('/download.html')
const content = randomBytes(300_000)

async function put(key: string, body: Uint8Array<ArrayBuffer> | string, type: string) {
  const { name, region, endpoint, credentials } = suite.app.bucket
  const headers = { 'content-type': type }
  const url = objectUrl({ bucket: name, region, endpoint }, key)
  const request = { method: 'PUT', url, headers, expiresInSeconds: 60 }
  const signed = await presignUrl(request, { credentials, region })
  expect((await fetch(signed, { method: 'PUT', headers, body })).status).toBe(200)
}

/** A page with the component; its address is the same before and after every download. */
async function openWith(props: Partial<S3DownloadProps>) {
  const { page } = suite.tab
  const address = `${suite.app.url}/download.html?props=${encodeURIComponent(JSON.stringify(props))}`
  await page.goto(address)
  return { page, address }
}

it.each([
  ['日本 é 🏔️.bin', '日本 é 🏔️.bin'],
  ['x\u202Egpj.bin', 'xgpj.bin'],
  ['a "quoted" name.bin', 'a _quoted_ name.bin'],
])('a click saves the file, byte for byte, and %j is called %j', async (fileName, saved) => {
  suite.app.configure({ authorizeDownload: () => true })
  await put('a/report.bin', content, 'application/octet-stream')
  const { page, address } = await openWith({ fileKey: 'a/report.bin', fileName })

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button').click(),
  ])

  const bytes = await readFile(await download.path())
  expect(download.suggestedFilename()).toBe(saved)
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(
    createHash('sha256').update(content).digest('hex'),
  )
  expect(page.url()).toBe(address)
  await page.locator('button[data-status=started]').waitFor()
  expect(suite.tab.consoleErrors).toEqual([])
})

it('a text file that the browser could show is saved as well, and the page stays', async () => {
  suite.app.configure({ authorizeDownload: () => true })
  await put('a/notes.txt', 'hello', 'text/plain')
  const { page, address } = await openWith({ fileKey: 'a/notes.txt' })

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button').click(),
  ])

  expect(download.suggestedFilename()).toBe('notes.txt')
  expect(page.url()).toBe(address)
  expect(page.context().pages()).toHaveLength(1)
})

it('a file to be shown opens in a new tab, however long the endpoint takes', async () => {
  suite.app.configure({
    authorizeDownload: () => new Promise((resolve) => setTimeout(resolve, 1500, true)),
  })
  await put('a/notes.txt', 'hello in a tab', 'text/plain')
  const { page, address } = await openWith({ fileKey: 'a/notes.txt', disposition: 'inline' })

  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('button', { name: 'Open' }).click(),
  ])

  await tab.getByText('hello in a tab').waitFor()
  expect(await tab.evaluate(() => globalThis.opener)).toBeNull()
  expect(page.url()).toBe(address)
})

it('a web page that somebody stored is saved, not shown', async () => {
  let allow = (_isAllowed: boolean) => {}
  const isAllowed = new Promise<boolean>((resolve) => {
    allow = resolve
  })
  suite.app.configure({ authorizeDownload: () => isAllowed })
  await put('a/page.html', '<script>document.title = "run"</script>', 'text/html')
  const { page } = await openWith({ fileKey: 'a/page.html', disposition: 'inline' })

  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('button', { name: 'Open' }).click(),
  ])

  // The tab is watched before it has anything to download.
  const downloading = tab.waitForEvent('download')
  allow(true)
  expect((await downloading).suggestedFilename()).toBe('page.html')
})

it('a file that may not be had leaves the page with the reason', async () => {
  suite.app.configure()
  const { page, address } = await openWith({ fileKey: 'a/secret.txt' })

  await page.getByRole('button').click()

  await page.getByRole('status').getByText('You may not download this file.').waitFor()
  expect(page.url()).toBe(address)
})

it('a public file is a link that leaves the page where it is', async () => {
  const { name, region, endpoint } = suite.app.bucket
  const url = publicUrl({ bucket: name, region, endpoint, key: 'a/public é.txt' })
  const { page, address } = await openWith({ endpoint: undefined, publicUrl: url })

  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: 'Download' }).click(),
  ])
  await tab.waitForURL(url)

  expect(page.url()).toBe(address)
  expect(suite.tab.requests.filter(({ url }) => url.endsWith('/api/s3'))).toEqual([])
})
