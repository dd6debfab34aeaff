import assert from 'node:assert/strict'
import type { EngineSite } from '../engine-site.js'
import type { Row } from '../row.js'
import { sleep, until } from '../until.js'
import type { User } from '../user.js'

const mebibyte = 2 ** 20
const filmBytes = 40 * mebibyte
const slow = 12_000_000

export const arrivedParts = ({ requests }: EngineSite) =>
  requests.filter(({ operation, status }) => operation === 'UploadPart' && status === 200)

const heldLocks = (user: User) =>
  user.ev(async () => (await navigator.locks.query()).held?.length ?? 0)

/** How many records all databases of the page's origin have. */
const databaseRecords = (user: User) =>
  user.ev(async () => {
    let count = 0
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name ?? '')
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(opening.error)
      })
      for (const store of database.objectStoreNames) {
        const counting = database.transaction(store).objectStore(store).count()
        count += await new Promise<number>((resolve) => {
          counting.onsuccess = () => resolve(counting.result)
        })
      }
      database.close()
    }
    return count
  })

/** Counts the workers that the page starts. */
const countWorkers = `{
  const Original = Worker
  window.workerCount = 0
  window.Worker = class extends Original { constructor(...given) { super(...given); window.workerCount += 1 } }
}`

export const partsRows: readonly Row[] = [
  {
    name: '40 MiB in parts: paused, resumed, complete; lock and record come and go, one worker hashes',
    async run({ startSite, openPage, files }) {
      const site = await startSite({ before: countWorkers })
      const user = await openPage(site.page())
      const path = await files.write('film.mp4', filmBytes)
      site.line.bytesPerSecond = slow

      await user.choose(path)
      await until('the first part', () => arrivedParts(site).length >= 1)
      assert.equal(await heldLocks(user), 1, 'locks held in mid-upload')
      assert.ok((await databaseRecords(user)) >= 1, 'a record of the upload')
      await user.press(/pause upload/)
      await sleep(4000)
      const sent = site.line.sentBytes
      await sleep(1000)
      assert.equal(site.line.sentBytes, sent, 'bytes sent while paused')
      await user.press(/resume upload/)
      site.line.bytesPerSecond = Number.POSITIVE_INFINITY
      const [end] = await user.ended(1)

      assert.equal(end?.kind, 'complete')
      assert.equal(await site.sha256(site.uploads()[0]?.key ?? ''), await files.sha256(path))
      await until('the lock is given back', async () => (await heldLocks(user)) === 0)
      await until('the record is gone', async () => (await databaseRecords(user)) === 0)
      assert.equal(await user.ev(() => Reflect.get(window, 'workerCount')), 1, 'workers')
    },
  },
  {
    name: '40 MiB in parts, cancelled: nothing stays',
    async run({ startSite, openPage, files }) {
      const site = await startSite()
      const user = await openPage(site.page())
      site.line.bytesPerSecond = slow

      await user.choose(await files.write('film.mp4', filmBytes))
      await until('the first part', () => arrivedParts(site).length >= 1)
      await user.press(/cancel upload/)

      await until('no open upload', async () => (await site.openUploads()) === 0)
      assert.equal(await user.listItems(), 0)
      assert.deepEqual(site.uploads(), [])
    },
  },
  {
    name: '40 MiB in parts, reloaded: listed as unfinished, and goes on with what has arrived',
    async run({ startSite, openPage, files }) {
      const site = await startSite()
      const user = await openPage(site.page())
      const path = await files.write('film.mp4', filmBytes)
      site.line.bytesPerSecond = slow

      await user.choose(path)
      await until('two parts', () => arrivedParts(site).length >= 2)
      await user.reload()
      await until('the list', async () => (await user.text()).includes('film.mp4'))
      const before = arrivedParts(site).length
      site.line.bytesPerSecond = Number.POSITIVE_INFINITY
      await user.choose(path)
      const [end] = await user.ended(1)

      assert.equal(end?.kind, 'complete')
      assert.equal(await site.sha256(site.uploads()[0]?.key ?? ''), await files.sha256(path))
      const numbers = arrivedParts(site).map(({ partNumber }) => partNumber)
      const again = numbers.slice(before).filter((part) => numbers.slice(0, before).includes(part))
      assert.deepEqual(again, [], 'parts that arrived twice')
    },
  },
]
