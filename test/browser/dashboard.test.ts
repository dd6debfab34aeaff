import { expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'
import { sha256OfFile } from '../support/test-files.js'

const suite = browserSuite('/dashboard.html')

const pick = (...paths: string[]) =>
  suite.tab.page.locator('.uppy-Dashboard-input').first().setInputFiles(paths)

const button = (name: string | RegExp) => suite.tab.page.getByRole('button', { name })

it('uploads through our plugin, and @uppy/react’s hooks follow', async () => {
  const path = await suite.folder.write('photo.jpg', 50_000)

  await pick(path, await suite.folder.write('notes.txt', 100))
  await button('Upload 2 files').click()
  await suite.tab.page.getByText('2 uploaded').waitFor()

  await suite.tab.page.getByText('Complete', { exact: true }).waitFor()
  const photo = suite.app.uploads.find(({ name }) => name === 'photo.jpg')
  expect(await suite.app.bucket.sha256(photo?.key ?? '')).toBe(await sha256OfFile(path))
  expect(suite.tab.consoleErrors).toEqual([])
})

it('shows a failure and retries it', async () => {
  suite.app.configure({ rules: { maxFileSize: '1kB' } })
  await pick(await suite.folder.write('photo.jpg', 50_000))
  await button('Upload 1 file').click()
  await suite.tab.page.getByText('Upload failed').waitFor()

  suite.app.configure()
  await button(/^Retry/)
    .first()
    .click()
  await suite.tab.page.getByText('1 uploaded').waitFor()

  expect(suite.app.uploads).toHaveLength(1)
})

it('pauses and resumes', async () => {
  await pick(await suite.folder.write('large.bin', 60_000_000))
  const slowLine = {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 20_000_000,
  }
  const session = await suite.tab.page.context().newCDPSession(suite.tab.page)
  await session.send('Network.emulateNetworkConditions', slowLine)

  await button('Upload 1 file').click()
  await button('Pause').first().click()
  await suite.tab.page.getByText('Paused').first().waitFor()
  expect(suite.app.uploads).toHaveLength(0)
  await session.send('Network.emulateNetworkConditions', { ...slowLine, uploadThroughput: -1 })
  await button('Resume').first().click()
  await suite.tab.page.getByText('1 uploaded').waitFor()

  expect(suite.app.uploads).toHaveLength(1)
})
