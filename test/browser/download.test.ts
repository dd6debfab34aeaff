import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'
import { downloadsOf } from '../support/downloads-of.js'

const suite = browserSuite('/download.html')
const content = randomBytes(300_000)

const { put, openWith } = downloadsOf(suite)

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

it('a file that may not be had leaves the page with the reason', async () => {
  suite.app.configure()
  const { page, address } = await openWith({ fileKey: 'a/secret.txt' })

  await page.getByRole('button').click()

  await page
    .getByRole('status')
    .getByText('You are not allowed to download this file. Ask the people who run this page.')
    .waitFor()
  expect(page.url()).toBe(address)
})
