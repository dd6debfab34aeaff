import assert from 'node:assert/strict'
import type { Row } from '../row.js'
import { sleep, until } from '../until.js'

const mebibyte = 2 ** 20

export const breakRows: readonly Row[] = [
  {
    name: 'three resets in mid-body: 40 MiB in parts arrive',
    async run({ startSite, openPage, files }) {
      const site = await startSite()
      const user = await openPage(site.page())
      const path = await files.write('film.mp4', 40 * mebibyte)
      site.line.bytesPerSecond = 12_000_000

      await user.choose(path)
      await until('a megabyte', () => site.line.sentBytes > mebibyte)
      for (let resets = 0; resets < 3; resets += 1) {
        await sleep(1200)
        site.line.cut()
      }
      site.line.bytesPerSecond = Number.POSITIVE_INFINITY
      const [end] = await user.ended(1, 100_000)

      assert.equal(end?.kind, 'complete', JSON.stringify(end))
      assert.equal(await site.sha256(site.uploads()[0]?.key ?? ''), await files.sha256(path))
    },
  },
  {
    name: 'a small file whose line is reset in mid-body arrives',
    async run({ startSite, openPage, files }) {
      const site = await startSite()
      const user = await openPage(site.page())
      const path = await files.write('photo.jpg', 400_000)
      site.line.bytesPerSecond = 200_000

      await user.choose(path)
      await until('half of it', () => site.line.sentBytes > 150_000)
      site.line.cut()
      site.line.bytesPerSecond = Number.POSITIVE_INFINITY
      const [end] = await user.ended(1)

      assert.equal(end?.kind, 'complete', JSON.stringify(end))
      assert.equal(await site.sha256(site.uploads()[0]?.key ?? ''), await files.sha256(path))
    },
  },
  {
    name: '3 MB at 75 kB/s arrive, and are sent once',
    async run({ startSite, openPage, files }) {
      const site = await startSite()
      const user = await openPage(site.page())
      site.line.bytesPerSecond = 75_000

      await user.choose(await files.write('photo.jpg', 3_000_000))
      const [end] = await user.ended(1, 100_000)

      assert.equal(end?.kind, 'complete', JSON.stringify(end))
      assert.ok(site.line.sentBytes < 4_500_000, `${site.line.sentBytes} bytes were sent`)
    },
  },
]
