import { expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'
import { sha256OfFile } from '../support/test-files.js'

const suite = browserSuite()

/** Runs in the page: takes away what came after the oldest browsers that docs/browsers.md names. */
function forgetNewer() {
  const newer: readonly (readonly [object | undefined, readonly string[]])[] = [
    [AbortSignal, ['any', 'timeout']],
    [URL, ['canParse', 'parse']],
    [Promise, ['withResolvers', 'try']],
    [Object, ['groupBy']],
    [Map, ['groupBy']],
    [Array, ['fromAsync']],
    [Array.prototype, ['toSorted', 'toReversed', 'toSpliced', 'with']],
    [Set.prototype, ['union', 'difference', 'intersection', 'isSubsetOf']],
    [Blob.prototype, ['bytes']],
    [Response.prototype, ['bytes']],
    [Uint8Array, ['fromBase64', 'fromHex']],
    [Uint8Array.prototype, ['toBase64', 'toHex']],
    [ReadableStream, ['from']],
    [String.prototype, ['isWellFormed', 'toWellFormed']],
    [globalThis, ['scheduler', 'showOpenFilePicker', 'Iterator', 'CloseWatcher']],
    [DataTransferItem.prototype, ['getAsFileSystemHandle']],
  ]
  for (const [owner, names] of newer) for (const name of names) Reflect.deleteProperty(owner!, name)
  const iterators = Object.getPrototypeOf(Object.getPrototypeOf([].values()))
  const helpers = ['map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'toArray', 'forEach']
  for (const name of [...helpers, 'some', 'every', 'find']) delete iterators[name]
}

it('a small file and one in parts arrive without what older browsers lack', async () => {
  const { tab, app, folder } = suite
  await tab.page.addInitScript(forgetNewer)
  await tab.page.reload()
  expect(await tab.page.evaluate(() => 'any' in AbortSignal)).toBe(false)
  const paths = [await folder.write('small.txt', 100), await folder.write('large.bin', 40_000_000)]

  await tab.page.locator('input[type=file]').setInputFiles(paths)
  const keys = () => new Set(app.uploads.map(({ key }) => key))
  await expect.poll(() => keys().size, { timeout: 60_000 }).toBe(2)

  const sums = app.uploads.map(async ({ key }) => await app.bucket.sha256(key))
  expect((await Promise.all(sums)).toSorted()).toEqual(
    expect.arrayContaining(await Promise.all(paths.map(sha256OfFile))),
  )
  expect(tab.consoleErrors).toEqual([])
})
