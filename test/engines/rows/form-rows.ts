import assert from 'node:assert/strict'
import type { Row } from '../row.js'
import { sleep, until } from '../until.js'

export const formRows: readonly Row[] = [
  {
    name: 'form: not sent without a file that is required, nor while it uploads; then with one receipt',
    async run({ startSite, openPage, files }) {
      const site = await startSite()
      const user = await openPage(site.page({ name: 'attachments', required: true }, '&form'))
      const submitted = async () =>
        (await user.happenings()).filter(({ kind }) => kind === 'submitted')
      site.line.bytesPerSecond = 300_000

      await user.press(/^\s*send/)
      await user.choose(await files.write('photo.jpg', 1_000_000))
      await until('the row', async () => (await user.listItems()) === 1)
      await user.press(/^\s*send/)
      await sleep(500)
      assert.deepEqual(await submitted(), [])
      // What the user sees of all files comes a moment after the event.
      await until('the end', async () => /File uploaded/.test(await user.text()))
      await user.press(/^\s*send/)

      await until('the form', async () => (await submitted()).length === 1)
      assert.equal((await submitted())[0]?.name, 'attachments')
    },
  },
  {
    name: 'refusals: size, type and number are said, and nothing of it is sent',
    async run({ startSite, openPage, files }) {
      const site = await startSite()
      const user = await openPage(site.page({ maxFileSize: '1KB', accept: 'image/*', maxFiles: 2 }))
      const says = (text: RegExp) => async () => text.test(await user.text())

      await user.choose(await files.write('large.png', 5000))
      await until('the size', says(/large\.png.*larger/i))
      await user.choose(await files.write('notes.txt', 10))
      await until('the type', says(/notes\.txt.*only images/i))
      const names = ['one.png', 'two.png', 'three.png']
      await user.choose(...(await Promise.all(names.map((name) => files.write(name, 10)))))
      await until('the number', says(/2 files/i))

      await sleep(500)
      assert.ok(site.uploads().every(({ name }) => names.includes(name)))
      assert.ok(site.uploads().length <= 2)
    },
  },
]
