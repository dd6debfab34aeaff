import { readFile, rm } from 'node:fs/promises'
import type { BrowserContext, Page } from 'playwright'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ResumeRecord } from '../../src/upload/resume/resume-record.js'
import { type BrowserPage, openPage } from '../support/browser-page.js'
import { engineSuite } from '../support/engine-suite.js'
import { resumeRecord } from '../upload/resume/resume-records.js'

const suite = engineSuite()
let context: BrowserContext
let dropTab: BrowserPage | undefined

beforeEach(async () => {
  context = await suite.browser.newContext()
})

afterEach(async () => {
  await context.close()
  await dropTab?.close()
  dropTab = undefined
})

async function openTab(): Promise<Page> {
  const page = await context.newPage()
  await page.goto(suite.app.url)
  await page.waitForFunction(() => 'engine' in globalThis)
  return page
}

const record: Omit<ResumeRecord, 'handle'> = resumeRecord({ savedAt: Date.now() })

describe('a record', () => {
  const save = (page: Page) =>
    page.evaluate(
      (saved) =>
        new engine.resumeStore.IndexedDbResumeStore(engine.runtime.systemRuntime).save(saved),
      record,
    )
  const list = (page: Page) =>
    page.evaluate(() =>
      new engine.resumeStore.IndexedDbResumeStore(engine.runtime.systemRuntime).list('/api/s3'),
    )

  it('outlives the page', async () => {
    const page = await openTab()
    await save(page)

    await page.reload()
    await page.waitForFunction(() => 'engine' in globalThis)

    expect(await list(page)).toEqual([record])
  })

  it('is seen by other tabs', async () => {
    const [first, second] = [await openTab(), await openTab()]

    await save(first)

    expect(await list(second)).toEqual([record])
  })

  it('brings back the handle of a dropped file, which opens it', async () => {
    const path = await suite.folder.write('film.mp4', 1000)
    const { page } = await dropAndSave(path)

    await page.reload()
    await page.waitForFunction(() => 'engine' in globalThis)

    expect(await readByHandle(page)).toEqual([...(await readFile(path))])
  })

  it('opens nothing when the file is gone', async () => {
    const path = await suite.folder.write('removed.mp4', 1000)
    const { page } = await dropAndSave(path)

    await rm(path)

    expect(await readByHandle(page)).toBe('nothing')
  })

  /** Drops a file on a page, which saves a record with its handle. */
  async function dropAndSave(path: string): Promise<BrowserPage> {
    const tab = await openPage(suite.browser, suite.app.url)
    dropTab = tab
    await tab.page.waitForFunction(() => 'engine' in globalThis)
    await saveWhenDropped(tab.page)
    await tab.drop('input', [path])
    await expect.poll(() => list(tab.page)).toHaveLength(1)
    return tab
  }
})

/** Has the page save a record with the handle of what is dropped on it. */
const saveWhenDropped = (page: Page) =>
  page.evaluate((saved) => {
    addEventListener('dragover', (event) => event.preventDefault())
    addEventListener('drop', async (event) => {
      event.preventDefault()
      let file = new Blob()
      await engine.droppedFiles.readDroppedFiles(event.dataTransfer ?? new DataTransfer(), {
        runtime: engine.runtime.systemRuntime,
        onFiles([found]) {
          if (found) file = found.file
        },
        onCount() {},
      })
      // Nobody waits for a handle: it comes a little later.
      while (!engine.fileHandles.handleOf(file)) await new Promise((resolve) => setTimeout(resolve))
      const handle = engine.fileHandles.handleOf(file)
      await new engine.resumeStore.IndexedDbResumeStore(engine.runtime.systemRuntime).save({
        ...saved,
        handle,
      })
    })
  }, record)

/** The bytes of the file that the handle of the record opens. */
const readByHandle = (page: Page) =>
  page.evaluate(async () => {
    const [found] = await new engine.resumeStore.IndexedDbResumeStore(
      engine.runtime.systemRuntime,
    ).list('/api/s3')
    const file =
      found?.handle &&
      (await engine.openHandle.openHandle(found.handle, engine.runtime.systemRuntime))
    return file ? Array.from(new Uint8Array(await file.arrayBuffer())) : 'nothing'
  })

describe('an upload', () => {
  /** Takes the upload in this tab, for as long as the tab lives or until `release` is called there. */
  const take = (page: Page) =>
    page.evaluate(async () => {
      const release = await engine.webLock.createWebLock().tryLock('an upload')
      Object.assign(globalThis, { release })
      return release !== undefined
    })
  const isLocked = (page: Page) =>
    page.evaluate(() => engine.webLock.createWebLock().isLocked('an upload'))

  it('belongs to one tab at a time', async () => {
    const [first, second] = [await openTab(), await openTab()]

    expect(await take(first)).toBe(true)
    expect(await take(second)).toBe(false)
    expect(await isLocked(second)).toBe(true)
  })

  it('belongs to one file of a tab at a time', async () => {
    const page = await openTab()

    expect(await take(page)).toBe(true)
    expect(await take(page)).toBe(false)
  })

  it('can be taken once it is released', async () => {
    const [first, second] = [await openTab(), await openTab()]
    await take(first)

    await first.evaluate('release()')

    await expect.poll(() => take(second)).toBe(true)
  })

  it('can be taken again in the moment it is released', async () => {
    const page = await openTab()

    const taken = await page.evaluate(async () => {
      const lock = engine.webLock.createWebLock()
      const results: boolean[] = []
      for (let times = 0; times < 50; times += 1) {
        const release = await lock.tryLock('an upload')
        results.push(release !== undefined)
        release?.()
      }
      return results
    })

    expect(taken).toEqual(Array.from({ length: 50 }, () => true))
  })

  it.each([
    ['closes', (page: Page) => page.close()],
    ['goes elsewhere', (page: Page) => page.goto('about:blank').then(() => {})],
    ['crashes', (page: Page) => page.goto('chrome://crash').catch(() => {})],
  ])('is free when its tab %s', async (_, end) => {
    const [first, second] = [await openTab(), await openTab()]
    await take(first)
    expect(await isLocked(second)).toBe(true)

    await end(first)

    await expect.poll(() => take(second)).toBe(true)
  })
})

it('a frame without site data keeps nothing, and its files are still kept apart', async () => {
  const page = await openTab()
  await page.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.setAttribute('sandbox', 'allow-scripts')
    frame.src = location.href
    document.body.append(frame)
  })
  await expect.poll(() => page.frames().length).toBe(2)
  const [, frame] = page.frames()
  await frame?.waitForFunction(() => 'engine' in globalThis)

  const found = await frame?.evaluate(async (saved) => {
    const store = new engine.resumeStore.IndexedDbResumeStore(engine.runtime.systemRuntime)
    await store.save(saved)
    const lock = engine.webLock.createWebLock()
    const releases = [await lock.tryLock('an upload'), await lock.tryLock('an upload')]
    return { records: await store.list('/api/s3'), taken: releases.map(Boolean) }
  }, record)

  expect(found).toEqual({ records: [], taken: [true, false] })
})
