import { basename } from 'node:path'
import type { StoredUpload } from 's3-direct-upload/server'
import { afterEach, describe, expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'
import { sha256OfFile } from '../support/test-files.js'

const suite = browserSuite()

afterEach(() => {
  expect(suite.tab.consoleErrors).toEqual([])
})

const pick = (...paths: string[]) => suite.tab.page.locator('input[type=file]').setInputFiles(paths)

/** Waits until the server has confirmed so many files; of the same one it may hear more than once. */
async function allConfirmed(count: number): Promise<readonly StoredUpload[]> {
  const confirmed = () => [
    ...new Map(suite.app.uploads.map((upload) => [upload.key, upload])).values(),
  ]
  await expect.poll(() => confirmed().length, { timeout: 90_000 }).toBe(count)
  return confirmed()
}

async function expectSameBytes(path: string, upload: StoredUpload | undefined): Promise<void> {
  expect(upload, basename(path)).toBeDefined()
  expect(await suite.app.bucket.sha256(upload?.key ?? ''), path).toBe(await sha256OfFile(path))
}

describe('a picked file', () => {
  it('lies in the bucket, byte for byte', async () => {
    const path = await suite.folder.write('photo.jpg', 300_000)

    await pick(path)
    const [upload] = await allConfirmed(1)

    await expectSameBytes(path, upload)
    expect(await suite.app.bucket.head(upload?.key ?? '')).toMatchObject({
      size: 300_000,
      contentType: 'image/jpeg',
    })
    await suite.tab.page.getByRole('listitem').filter({ hasText: 'photo.jpg' }).waitFor()
  })

  it('goes by PUT where the server says so', async () => {
    suite.app.configure({ method: 'PUT' })
    const path = await suite.folder.write('photo-put.jpg', 300_000)

    await pick(path)
    const [upload] = await allConfirmed(1)

    await expectSameBytes(path, upload)
    expect(suite.tab.requests.map(({ method }) => method)).toContain('PUT')
  })

  it('may be empty', async () => {
    const path = await suite.folder.write('empty.txt', 0)

    await pick(path)
    const [upload] = await allConfirmed(1)

    expect(upload).toMatchObject({ size: 0 })
    await expectSameBytes(path, upload)
  })

  it('may be of a type the browser does not know', async () => {
    const path = await suite.folder.write('data.unknown-type', 1000)

    await pick(path)
    const [upload] = await allConfirmed(1)

    await expectSameBytes(path, upload)
    expect(upload).toMatchObject({ contentType: 'application/octet-stream' })
  })

  it('may be large: 200 MB are neither read into memory nor altered', async () => {
    const path = await suite.folder.write('large.bin', 200_000_000)

    await pick(path)
    const [upload] = await allConfirmed(1)

    await expectSameBytes(path, upload)
  })

  it.each([
    'emoji 🏔️🧗.png',
    'Müller e\u0301te\u0301 (NFD).txt',
    'a+b % c#d?e&f=g.txt',
    'gpj.\u202Eexe',
    'quote \' and " in name.txt',
    '日本語のファイル.pdf',
    `${'long '.repeat(45)}.txt`,
  ])('may be called %j', async (name) => {
    const path = await suite.folder.write(name, 2000)

    await pick(path)
    const [upload] = await allConfirmed(1)

    expect(upload?.name).toBe(name)
    await expectSameBytes(path, upload)
  })
})

it('uploads 300 files of 10 KB with few requests beside theirs', async () => {
  const paths = await Promise.all(
    Array.from({ length: 300 }, (_, index) => suite.folder.write(`many/${index}.bin`, 10_000)),
  )
  suite.tab.requests.length = 0

  await pick(...paths)
  const uploads = await allConfirmed(300)

  const toBucket = suite.tab.requests.filter(({ url }) => url.startsWith(suite.app.bucket.endpoint))
  const count = (text: string) =>
    suite.tab.requests.filter(({ body }) => body.includes(text)).length
  expect(toBucket.filter(({ method }) => method === 'POST')).toHaveLength(300)
  expect(toBucket.filter(({ method }) => method !== 'POST').length).toBeLessThanOrEqual(6)
  expect(count('"sign-uploads"')).toBeLessThanOrEqual(4)
  expect(count('"complete-uploads"')).toBeLessThanOrEqual(4)
  const byName = new Map(uploads.map((upload) => [upload.name, upload]))
  for (const path of paths) await expectSameBytes(path, byName.get(basename(path)))
})

describe('dropping', () => {
  it('takes files', async () => {
    const paths = [await suite.folder.write('one.txt', 10), await suite.folder.write('two.txt', 20)]

    await suite.tab.drop('[data-s3u-dropzone], .s3u', paths)
    const uploads = await allConfirmed(2)

    expect(uploads.map(({ name }) => name).sort()).toEqual(['one.txt', 'two.txt'])
  })

  it('takes a folder of 250 files with their paths', async () => {
    const paths = await Promise.all(
      Array.from({ length: 250 }, (_, index) =>
        suite.folder.write(`album/${index % 5}/${index}.txt`, 100 + index),
      ),
    )

    await suite.tab.drop('.s3u', [`${suite.folder.path}/album`])
    const uploads = await allConfirmed(250)

    const byPath = new Map(uploads.map((upload) => [upload.relativePath, upload]))
    for (const path of paths) {
      const relativePath = path.slice(suite.folder.path.length + 1)
      await expectSameBytes(path, byPath.get(relativePath))
    }
  })
})
