import assert from 'node:assert/strict'
import { basename } from 'node:path'
import type { EngineSite } from '../engine-site.js'
import type { Row, Stage } from '../row.js'
import { until } from '../until.js'
import type { User } from '../user.js'

const oddNames = [
  'Müller e\u0301te\u0301.txt',
  '日本語のファイル.pdf',
  'emoji 🏔️🧗.png',
  'a+b % c#d?e&f=g.txt',
  'quote \' and ".txt',
  `${'long '.repeat(45)}.txt`,
]

async function expectStored(paths: readonly string[], site: EngineSite, { files }: Stage) {
  const byName = new Map(site.uploads().map((upload) => [upload.name, upload]))
  for (const path of paths) {
    const upload = byName.get(basename(path))
    assert.ok(upload, `${basename(path)} was confirmed`)
    assert.equal(await site.sha256(upload.key), await files.sha256(path), basename(path))
  }
}

/** Drops, as files or as the entries of a folder, what a script makes: no driver can drop. */
const drop = (user: User, folder: string | undefined, names: readonly string[]) =>
  user.ev(
    (folderName, fileNames) => {
      const files = fileNames.map((name) => new File([`content of ${name}`], name))
      const entryOf = (file: File) => ({
        isFile: true,
        isDirectory: false,
        name: file.name,
        fullPath: `/${folderName}/${file.name}`,
        file: (done: (found: File) => void) => done(file),
      })
      let isRead = false
      const readEntries = (done: (entries: unknown[]) => void) => {
        done(isRead ? [] : files.map(entryOf))
        isRead = true
      }
      const folder = {
        isFile: false,
        isDirectory: true,
        name: folderName,
        fullPath: `/${folderName}`,
        createReader: () => ({ readEntries }),
      }
      const items = folderName
        ? [{ kind: 'file', type: '', webkitGetAsEntry: () => folder, getAsFile: () => null }]
        : files.map((file) => ({
            kind: 'file',
            type: file.type,
            webkitGetAsEntry: () => entryOf(file),
            getAsFile: () => file,
          }))
      const event = new DragEvent('drop', { bubbles: true, cancelable: true })
      const dataTransfer = { types: ['Files'], items, files: folderName ? [] : files }
      Object.defineProperty(event, 'dataTransfer', { value: dataTransfer })
      document.querySelector('.s3u button')?.dispatchEvent(event)
    },
    folder ?? null,
    names,
  )

export const choosingRows: readonly Row[] = [
  {
    name: 'six odd names and an empty file arrive, byte for byte, each with its SHA-256',
    async run(stage) {
      const site = await stage.startSite()
      const user = await stage.openPage(site.page())
      const paths = await Promise.all(oddNames.map((name) => stage.files.write(name, 2000)))
      paths.push(await stage.files.write('empty.txt', 0))

      await user.choose(...paths)
      await user.ended(7)

      await expectStored(paths, site, stage)
      for (const object of await site.s3.objects('uploads')) {
        assert.equal(object.checksum?.algorithm, 'sha256', object.key)
      }
    },
  },
  {
    name: '200 files',
    async run(stage) {
      const site = await stage.startSite()
      const user = await stage.openPage(site.page())
      const names = Array.from({ length: 200 }, (_, index) => `${index}.bin`)
      const paths = await Promise.all(names.map((name) => stage.files.write(name, 3000)))

      await user.choose(...paths)
      await user.ended(200)

      await expectStored(paths, site, stage)
    },
  },
  {
    name: 'a drop of files',
    async run({ startSite, openPage }) {
      const site = await startSite()
      const user = await openPage(site.page())

      await drop(user, undefined, ['one.txt', 'two.txt'])
      await user.ended(2)

      assert.deepEqual(
        site
          .uploads()
          .map(({ name }) => name)
          .sort(),
        ['one.txt', 'two.txt'],
      )
    },
  },
  {
    name: 'a drop of a folder, with its path',
    async run({ startSite, openPage }) {
      const site = await startSite()
      const user = await openPage(site.page())

      await drop(user, 'album', ['one.txt', 'two.txt'])
      await user.ended(2)

      await until('both paths', () => site.uploads().length === 2)
      const found = site.uploads().map(({ relativePath }) => relativePath)
      assert.deepEqual(found.sort(), ['album/one.txt', 'album/two.txt'])
    },
  },
]
