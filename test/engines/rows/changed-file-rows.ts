import assert from 'node:assert/strict'
import { appendFile, rm } from 'node:fs/promises'
import type { Row } from '../row.js'
import { sleep, until } from '../until.js'
import { arrivedParts } from './parts-rows.js'

const mebibyte = 2 ** 20

export const changedFileRows: readonly Row[] = [
  {
    name: '80 MiB rewritten while they go in parts: no mixture of old and new bytes is complete',
    async run({ startSite, openPage, files }) {
      const site = await startSite({ signing: { partSize: '5MiB' } })
      const user = await openPage(site.page())
      const path = await files.write('film.mp4', 80 * mebibyte)
      const before = await files.sha256(path)
      site.line.bytesPerSecond = 12_000_000

      await user.choose(path)
      await until('two parts', () => arrivedParts(site).length >= 2)
      await files.rewrite(path)
      site.line.bytesPerSecond = Number.POSITIVE_INFINITY
      const [end] = await user.ended(1, 100_000)

      if (end?.kind === 'failed') return assert.equal(end.code, 'file-unreadable')
      const stored = await site.sha256(site.uploads()[0]?.key ?? '')
      assert.ok(
        [before, await files.sha256(path)].includes(stored),
        'one of both contents is stored',
      )
    },
  },
  {
    name: 'a file that has grown before its upload is called changed',
    async run({ startSite, openPage, files }) {
      const site = await startSite()
      const user = await openPage(site.page({ autoUpload: false }))
      const path = await files.write('notes.txt', 10_000)

      await user.choose(path)
      await until('the row', async () => (await user.listItems()) === 1)
      // WebKit compares the dates of files by the second.
      await sleep(1100)
      await appendFile(path, 'more')
      await user.press(/^\s*upload 1 file/)
      const [end] = await user.ended(1)

      assert.equal(end?.kind === 'failed' && end.code, 'file-unreadable', JSON.stringify(end))
      assert.deepEqual(site.uploads(), [])
    },
  },
  {
    name: '“Choose it again”: the same file chosen again replaces its failed row and arrives',
    async run({ startSite, openPage, files }) {
      const site = await startSite()
      const user = await openPage(site.page({ autoUpload: false }))
      const path = await files.write('moved.txt', 10_000)

      await user.choose(path)
      await until('the row', async () => (await user.listItems()) === 1)
      await rm(path)
      await user.press(/^\s*upload 1 file/)
      await until('the failure', async () => (await user.ended(1))[0]?.kind === 'failed')
      await files.write('moved.txt', 10_000)
      await user.choose(path)
      await user.press(/^\s*upload 1 file/)
      await until('the upload', () => site.uploads().length === 1)

      assert.equal(await user.listItems(), 1)
      assert.equal(await site.sha256(site.uploads()[0]?.key ?? ''), await files.sha256(path))
    },
  },
]
