import { rm, utimes } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { openPage } from '../support/browser-page.js'
import { engineSuite } from '../support/engine-suite.js'

const suite = engineSuite()

/** What is found out about a picked file after something has happened to it on the disk. */
async function lookAfter(
  happen: (path: string) => Promise<void>,
  sizeBytes: number,
): Promise<string> {
  const tab = await openPage(suite.browser, suite.app.url)
  await tab.page.waitForFunction(() => 'engine' in globalThis)
  const path = await suite.folder.write('picked.bin', sizeBytes)
  await tab.page.locator('input').setInputFiles(path)
  // Only when it is asked does the browser look at the date of a picked file.
  await tab.page.evaluate(() => document.querySelector('input')?.files?.[0]?.lastModified)
  await happen(path)
  const finding = await tab.page.evaluate(async () => {
    const [file = new Blob()] = document.querySelector('input')?.files ?? []
    return await engine.readableFile.assertReadable(file).then(
      () => 'readable',
      (error) => error.code,
    )
  })
  await tab.close()
  return finding
}

it.each([0, 1, 100_000])(
  'a file of %d bytes can be read, until it changes or is gone',
  async (size) => {
    expect(await lookAfter(async () => {}, size)).toBe('readable')
    // Chromium compares whole seconds.
    expect(await lookAfter((path) => utimes(path, new Date(0), new Date(0)), size)).toBe(
      'file-unreadable',
    )
    expect(await lookAfter((path) => rm(path), size)).toBe('file-unreadable')
  },
)
