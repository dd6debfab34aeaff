import { expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'
import { sha256OfFile } from '../support/test-files.js'

const suite = browserSuite('/stock-plugin.html')

interface Outcome {
  readonly keys: string[]
  readonly failed: string[]
}

async function upload(...paths: string[]): Promise<Outcome> {
  const { page } = suite.tab
  await page.getByLabel('Files').setInputFiles(paths)
  const output = page.locator('output:not(:empty)')
  return JSON.parse(await output.innerText())
}

const openWith = (query: string) =>
  suite.tab.page.goto(`${suite.app.url}/stock-plugin.html?${query}`)

it('@uppy/aws-s3 posts a file with our fields, byte for byte', async () => {
  const path = await suite.folder.write('photo.jpg', 1_234_567)

  const { keys, failed } = await upload(path)

  expect(failed).toEqual([])
  expect(await suite.app.bucket.sha256(keys[0] ?? '')).toBe(await sha256OfFile(path))
  expect(await suite.app.bucket.head(keys[0] ?? '')).toMatchObject({
    size: 1_234_567,
    contentType: 'image/jpeg',
  })
  const policies = suite.tab.requests.filter(({ url }) => url.endsWith('/api/s3'))
  expect(policies).toHaveLength(1)
})

it('finds the file by its name where the app names no keys', async () => {
  await openWith('default-keys')
  const path = await suite.folder.write('with-dash and space.txt', 1000)

  const { keys, failed } = await upload(path)

  expect(failed).toEqual([])
  expect(await suite.app.bucket.sha256(keys[0] ?? '')).toBe(await sha256OfFile(path))
})

it('two files of one name are told apart by the ids of Uppy, and without those neither is guessed', async () => {
  const paths = [
    await suite.folder.write('a/same.txt', 1000),
    await suite.folder.write('b/same.txt', 2000),
  ]

  const { keys } = await upload(...paths)
  await openWith('default-keys')
  const { failed } = await upload(...paths)

  const stored = await Promise.all(keys.map((key) => suite.app.bucket.sha256(key)))
  expect(stored).toEqual(await Promise.all(paths.map(sha256OfFile)))
  expect(failed).toEqual(Array(2).fill(expect.stringContaining('generateObjectKey: (file) =>')))
})

it('an empty file has an exact size too', async () => {
  const { keys } = await upload(await suite.folder.write('empty.txt', 0))

  expect(await suite.app.bucket.head(keys[0] ?? '')).toMatchObject({ size: 0 })
})

it('a handler that signs PUT is followed as well', async () => {
  suite.app.configure({ method: 'PUT' })
  const path = await suite.folder.write('put.txt', 5000)

  const { keys, failed } = await upload(path)

  expect(failed).toEqual([])
  expect(await suite.app.bucket.sha256(keys[0] ?? '')).toBe(await sha256OfFile(path))
})

it('what the rules refuse fails with the endpoint’s own words', async () => {
  suite.app.configure({ rules: { accept: ['image/*'] } })

  const { failed } = await upload(await suite.folder.write('notes.txt', 10))

  expect(failed).toEqual([expect.stringContaining('rules.accept takes only image/*.')])
})

it('multipart is refused with the way out, and nothing was asked or begun', async () => {
  await openWith('multipart')
  suite.tab.requests.length = 0

  const { failed } = await upload(await suite.folder.write('film.mp4', 6_000_000))

  expect(failed).toEqual([expect.stringMatching(/S3DirectUpload.*shouldUseMultipart: false/)])
  expect(suite.tab.requests).toEqual([])
})

it('an upload that the handler wants in parts is refused, and given up in the bucket', async () => {
  suite.app.configure({ multipartThreshold: '5MiB' })

  const { failed } = await upload(await suite.folder.write('large.bin', 6_000_000))

  expect(failed).toEqual([expect.stringMatching(/S3DirectUpload.*multipartThreshold: false/)])
  expect(await suite.app.bucket.openUploads()).toBe(0)
})

it('without the instance nothing is signed, since the size is not known', async () => {
  await openWith('no-instance')

  const { failed } = await upload(await suite.folder.write('notes.txt', 10))

  expect(failed).toEqual([expect.stringContaining("createSignRequest('/api/s3', { uppy })")])
})
