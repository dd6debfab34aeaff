import { publicUrl } from 's3-direct-upload/server'
import { expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'
import { downloadsOf } from '../support/downloads-of.js'

const suite = browserSuite('/download.html')
const { put, openWith } = downloadsOf(suite)

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
