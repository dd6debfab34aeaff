import assert from 'node:assert/strict'
import type { Row } from '../row.js'
import { sleep, until } from '../until.js'
import { arrivedParts } from './parts-rows.js'

export const leavingRows: readonly Row[] = [
  {
    name: 'the page is left in mid-upload, and the user comes back: the upload goes on',
    async run({ startSite, openPage, files }) {
      const site = await startSite()
      const user = await openPage(site.page())
      const path = await files.write('film.mp4', 40 * 2 ** 20)
      site.line.bytesPerSecond = 12_000_000
      await user.choose(path)
      await until('two parts', () => arrivedParts(site).length >= 2)
      await user.ev(() => Reflect.set(window, 'isTheSamePage', true))

      await user.ev(() => {
        // After this answer, as a click on a link would.
        setTimeout(() => location.assign('/elsewhere'), 0)
      })
      await until('the other page', async () =>
        user.ev(() => document.title === 'Elsewhere').catch(() => false),
      )
      await sleep(1500)
      await user.back()
      await user.ready()
      const isFromCache = await user.ev(() => 'isTheSamePage' in window)

      if (isFromCache) {
        // The lock too is back: no other tab may take the upload meanwhile.
        await until('its lock', () =>
          user.ev(async () => {
            const { held = [] } = await navigator.locks.query()
            const ends = window.happenings.filter(({ kind }) => kind === 'complete')
            return held.length === 1 || ends.length > 0
          }),
        )
      } else {
        await until('the list', async () => (await user.text()).includes('film.mp4'))
        await user.choose(path)
      }
      site.line.bytesPerSecond = Number.POSITIVE_INFINITY
      await until('the end', () => site.uploads().length === 1, 60_000)

      const ends = await user.ended(1)
      assert.deepEqual(
        ends.map(({ kind }) => kind),
        ['complete'],
        JSON.stringify(ends),
      )
      assert.equal(await site.sha256(site.uploads()[0]?.key ?? ''), await files.sha256(path))
    },
  },
]
