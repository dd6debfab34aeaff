import { spawnSync } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type BrowserApp, startBrowserApp } from '../support/browser-app.js'
import { fetchPast, type Line, startLine } from '../support/line.js'
import { createTestFolder, sha256OfFile, type TestFolder } from '../support/test-files.js'
import { openPageOfProfile, type PageOfProfile } from './page-of-profile.js'

/** The browser, its database or its disk ends in mid-upload: nothing untrue is shown afterwards. */
const filmBytes = 60_000_000
let app: BrowserApp
let folder: TestFolder
let line: Line
let profile: string
let path: string
let tab: PageOfProfile

beforeEach(async () => {
  app = await startBrowserApp()
  folder = await createTestFolder()
  const port = Number(new URL(app.bucket.endpoint).port)
  line = await startLine(port, { bytesPerSecond: 8_000_000 })
  const parts = { multipartThreshold: '5MiB', partSize: '5MiB' } as const
  app.configure({ endpoint: line.url, fetch: fetchPast(port), ...parts })
  profile = await mkdtemp(join(tmpdir(), 'profile-'))
  path = await folder.write('film.mp4', filmBytes)
})

afterEach(async () => {
  await tab.kill()
  await line.close()
  await app.close()
  await folder.remove()
  await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
})

const pick = () => tab.page.locator('input[type=file]').setInputFiles(path)

/** Begins an upload and reaches its middle. */
async function toTheMiddle(profileFolder = profile): Promise<void> {
  tab = await openPageOfProfile(profileFolder, app.url)
  await pick()
  await expect
    .poll(async () => (await app.bucket.arrivedParts()).length, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(2)
}

/** Nothing is called complete before it is stored; then it is, with its bytes. */
async function expectComplete(): Promise<void> {
  line.bytesPerSecond = Number.POSITIVE_INFINITY
  await tab.page.locator('li[data-status=complete]').waitFor({ timeout: 120_000 })
  const [upload] = app.uploads
  expect(await app.bucket.sha256(upload?.key ?? '')).toBe(await sha256OfFile(path))
  await expect.poll(() => app.bucket.openUploads(), { timeout: 30_000 }).toBe(0)
}

/** What is listed as unfinished is there to go on with. */
async function expectNothingUntrue(): Promise<string> {
  const listed = await tab.listed()
  if (listed !== '') expect(await app.bucket.openUploads()).toBe(1)
  expect(await tab.page.locator('li[data-status=complete]').count()).toBe(0)
  expect(app.uploads).toEqual([])
  return listed
}

it('the browser is killed: the upload is listed as unfinished, is there, and goes on', async () => {
  await toTheMiddle()

  await tab.kill()
  const arrived = await app.bucket.arrivedParts()
  tab = await openPageOfProfile(profile, app.url)

  expect(await expectNothingUntrue()).toContain('film.mp4')
  const sentBefore = line.sentBytes
  await pick()
  await expectComplete()
  expect(line.sentBytes - sentBefore).toBeLessThan(filmBytes - (arrived.length - 1) * 5_242_880)
})

it('its database is cleared in mid-upload: the upload ends well', async () => {
  await toTheMiddle()

  const storageTypes = 'indexeddb,local_storage,cache_storage'
  await tab.session.send('Storage.clearDataForOrigin', { origin: app.url, storageTypes })

  await expectComplete()
})

it('its database is cleared and the page loaded anew: nothing is listed, and the file goes up again', async () => {
  await toTheMiddle()

  await tab.session.send('Storage.clearDataForOrigin', {
    origin: app.url,
    storageTypes: 'indexeddb',
  })
  await tab.page.reload()
  await tab.page.locator('input[type=file]').waitFor({ state: 'attached' })

  expect(await expectNothingUntrue()).toBe('')
  line.bytesPerSecond = Number.POSITIVE_INFINITY
  await pick()
  await tab.page.locator('li[data-status=complete]').waitFor({ timeout: 120_000 })
  const [upload] = app.uploads
  expect(await app.bucket.sha256(upload?.key ?? '')).toBe(await sha256OfFile(path))
})

it('the quota of the page is used up in mid-upload: the upload ends well', async () => {
  await toTheMiddle()

  await tab.session.send('Storage.overrideQuotaForOrigin', { origin: app.url, quotaSize: 1 })

  await expectComplete()
  await tab.page.reload()
  await tab.page.locator('input[type=file]').waitFor({ state: 'attached' })
  expect(await tab.listed()).toBe('')
})

it('the quota of the page is used up from the start: the upload ends well', async () => {
  tab = await openPageOfProfile(profile, app.url)
  await tab.session.send('Storage.overrideQuotaForOrigin', { origin: app.url, quotaSize: 1 })

  await pick()

  await expectComplete()
})

/** A disk of its own for the profile, which root can make. */
async function onSmallDisk(run: (folder: string) => Promise<void>): Promise<void> {
  const disk = join(profile, 'disk')
  await mkdir(disk)
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'tmpfs', disk])
  if (mounted.status !== 0) throw new Error(`mount: ${mounted.stderr}`)
  try {
    await run(disk)
  } finally {
    await tab.kill()
    // Processes of the browser may hold it for a moment.
    spawnSync('umount', ['-l', disk])
  }
}

async function fillDisk(disk: string): Promise<void> {
  const block = Buffer.alloc(1024 * 1024)
  for (const size of [block.length, 4096, 1]) {
    for (;;) {
      const isFull = await appendFile(join(disk, 'filler'), block.subarray(0, size)).then(
        () => false,
        () => true,
      )
      if (isFull) break
    }
  }
}

it.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'the disk is full in mid-upload: the upload ends well, and a new page shows nothing untrue',
  async () => {
    await onSmallDisk(async (disk) => {
      await toTheMiddle(disk)
      await fillDisk(disk)
      await expectComplete()
      await tab.page.reload()
      await tab.page.locator('input[type=file]').waitFor({ state: 'attached' })
      const listed = await tab.listed()
      if (listed !== '') expect(await app.bucket.openUploads()).toBe(1)

      await tab.kill()
      await rm(join(disk, 'filler'))
      tab = await openPageOfProfile(disk, app.url)

      const listedLater = await tab.listed()
      if (listedLater !== '') expect(await app.bucket.openUploads()).toBe(1)
    })
  },
)
