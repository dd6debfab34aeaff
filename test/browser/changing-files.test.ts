import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'
import { sha256OfFile } from '../support/test-files.js'

declare global {
  interface Window {
    /** Has files be other files from now on, as a browser does that reads what is on the disk. */
    rewriteFiles(): void
    /** Has files whose name begins with `share` answer again. */
    driveIsBack(): void
  }
}

const suite = browserSuite()
const inParts = { multipartThreshold: '5MiB', partSize: '5MiB' } as const

const pick = (...paths: readonly string[]) =>
  suite.tab.page.locator('input[type=file]').setInputFiles([...paths])
const row = (name: string) => suite.tab.page.getByRole('listitem').filter({ hasText: name })

async function withScript(script: () => void): Promise<void> {
  await suite.tab.page.addInitScript(script)
  await suite.tab.page.goto(suite.app.url)
}

/** Reaches the middle of the upload: six of twelve parts go at once, and the eighth begins when two have arrived. */
async function pickAndSendSome(path: string): Promise<void> {
  await suite.tab.limitUpload(8_000_000)
  await pick(path)
  const puts = () => suite.tab.requests.filter(({ method }) => method === 'PUT')
  await expect.poll(() => puts().length, { timeout: 60_000 }).toBeGreaterThanOrEqual(8)
}

async function expectRefusal(name: string): Promise<void> {
  await row(name).and(suite.tab.page.locator('[data-status=failed]')).waitFor({ timeout: 60_000 })
  expect(await row(name).textContent()).toMatch(/chang|moved or removed/)
  expect(suite.app.uploads).toEqual([])
}

it('a file that is rewritten on the disk while its parts travel is not completed', async () => {
  suite.app.configure(inParts)
  const path = await suite.folder.write('film.mp4', 65_000_000)
  await pickAndSendSome(path)

  await writeFile(path, randomBytes(65_000_000))
  await suite.tab.limitUpload(Number.POSITIVE_INFINITY)

  await expectRefusal('film.mp4')
})

it('nor is it where the browser reads the new bytes, and nothing of it stays open', async () => {
  suite.app.configure(inParts)
  await withScript(() => {
    const { slice } = Blob.prototype
    let isRewritten = false
    window.rewriteFiles = () => {
      isRewritten = true
    }
    File.prototype.slice = function (...range) {
      const bytes = slice.apply(this, range)
      return isRewritten ? new Blob([new Uint8Array(bytes.size).fill(7)]) : bytes
    }
  })
  const path = await suite.folder.write('film.mp4', 65_000_000)
  const before = await suite.app.bucket.openUploads()
  await pickAndSendSome(path)

  await suite.tab.page.evaluate(() => window.rewriteFiles())
  await suite.tab.limitUpload(Number.POSITIVE_INFINITY)

  await expectRefusal('film.mp4')
  await expect.poll(() => suite.app.bucket.openUploads(), { timeout: 30_000 }).toBe(before)
})

it('files whose date the browser does not know, so that it moves by itself, arrive', async () => {
  suite.app.configure(inParts)
  await withScript(() => {
    Object.defineProperty(File.prototype, 'lastModified', { get: () => Date.now() })
  })
  const paths = [
    await suite.folder.write('photo.jpg', 2_000_000),
    await suite.folder.write('video.mp4', 22_000_000),
  ]

  await pick(...paths)

  await expect.poll(() => suite.app.uploads.length, { timeout: 60_000 }).toBe(2)
  const stored = suite.app.uploads.map(({ key }) => suite.app.bucket.sha256(key))
  expect((await Promise.all(stored)).toSorted()).toEqual(
    (await Promise.all(paths.map(sha256OfFile))).toSorted(),
  )
})

it('files of a drive that does not answer hold up no other; their rows say so, and they go on when it is back', async () => {
  suite.app.configure(inParts)
  await withScript(() => {
    const silent = new WeakSet<object>()
    let isAway = true
    let comeBack = () => {}
    const isBack = new Promise<void>((resolve) => {
      comeBack = resolve
    })
    window.driveIsBack = () => {
      isAway = false
      comeBack()
    }
    const isSilent = (blob: object) =>
      isAway && (silent.has(blob) || (blob instanceof File && blob.name.startsWith('share')))
    const { slice, arrayBuffer } = Blob.prototype
    Blob.prototype.slice = function (...range) {
      const bytes = slice.apply(this, range)
      if (isSilent(this)) silent.add(bytes)
      return bytes
    }
    Blob.prototype.arrayBuffer = async function () {
      if (isSilent(this)) await isBack
      return await arrayBuffer.call(this)
    }
    const { postMessage } = Worker.prototype
    Worker.prototype.postMessage = function (message: { blob?: Blob }) {
      const post = () => postMessage.call(this, message)
      if (message.blob && isSilent(message.blob)) void isBack.then(post)
      else post()
    }
  })
  const shared = ['share0.bin', 'share1.bin', 'share2.bin']
  await pick(...(await Promise.all(shared.map((name) => suite.folder.write(name, 22_000_000)))))
  await row('share0.bin').waitFor()

  await pick(
    await suite.folder.write('local0.txt', 200_000),
    await suite.folder.write('local1.mp4', 11_000_000),
  )

  for (const name of ['local0.txt', 'local1.mp4']) {
    const complete = row(name).and(suite.tab.page.locator('[data-status=complete]'))
    await complete.waitFor({ timeout: 30_000 })
  }
  for (const name of shared) {
    await row(name).filter({ hasText: 'does not answer' }).waitFor({ timeout: 30_000 })
  }

  await suite.tab.page.evaluate(() => window.driveIsBack())

  await expect.poll(() => suite.app.uploads.length, { timeout: 60_000 }).toBe(5)
})
