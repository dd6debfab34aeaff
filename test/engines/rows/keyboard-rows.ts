import assert from 'node:assert/strict'
import type { Row } from '../row.js'
import { until } from '../until.js'

/** The file dialog itself cannot be driven: counts how often it would open. */
const countDialogs = `
  window.dialogCount = 0
  document.addEventListener('click', (event) => {
    if (!event.target.matches('input[type=file]')) return
    window.dialogCount += 1
    event.preventDefault()
  }, true)`

export const keyboardRows: readonly Row[] = [
  {
    name: 'keyboard: Tab reaches the button, a ring shows it, Enter and Space open the dialog',
    async run({ startSite, openPage }) {
      const site = await startSite({ before: countDialogs })
      const user = await openPage(site.page())
      const dialogs = () => user.ev(() => Reflect.get(window, 'dialogCount') as number)

      await user.key('Tab')
      await until('the focus', async () => /browse/i.test(await user.focused()))
      const ring = await user.ev(() => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(
          document.activeElement ?? document.body,
        )
        return { outline: `${outlineStyle} ${outlineWidth}`, boxShadow }
      })
      await user.key('Enter')
      await until('the dialog by Enter', async () => (await dialogs()) === 1)
      await user.key('Space')
      await until('the dialog by Space', async () => (await dialogs()) === 2)

      assert.ok(
        !/none|^\w+ 0px/.test(ring.outline) || ring.boxShadow !== 'none',
        JSON.stringify(ring),
      )
    },
  },
  {
    name: 'keyboard: the focus stays in the list while files are removed, then goes to the button',
    async run({ startSite, openPage, files }) {
      const site = await startSite()
      const user = await openPage(site.page())
      const names = ['a.txt', 'b.txt', 'c.txt']
      await user.choose(...(await Promise.all(names.map((name) => files.write(name, 10)))))
      await user.ended(3)
      await until('the rows', async () => (await user.listItems()) === 3)

      await user.focus(/remove file.*b\.txt/)
      const focused: string[] = []
      for (const left of [2, 1, 0]) {
        await user.key('Enter')
        await until(`${left} rows`, async () => (await user.listItems()) === left)
        focused.push(await user.focused())
      }

      assert.match(focused[0] ?? '', /c\.txt/)
      assert.match(focused[1] ?? '', /a\.txt/)
      assert.match(focused[2] ?? '', /browse/i)
    },
  },
  {
    name: 'keyboard: the focus stays where Pause becomes Resume and back',
    async run({ startSite, openPage, files }) {
      const site = await startSite()
      const user = await openPage(site.page())
      site.line.bytesPerSecond = 2_000_000
      await user.choose(await files.write('film.mp4', 40 * 2 ** 20))

      await user.focus(/pause upload/)
      await user.key('Enter')
      await until('Resume has it', async () => /resume upload/i.test(await user.focused()))
      await user.key('Enter')
      await until('Pause has it', async () => /pause upload/i.test(await user.focused()))
    },
  },
]
