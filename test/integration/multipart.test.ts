// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { createSite, fileOf, isStoredExactly, mebibyte, openPage } from '../support/engine.js'

it('takes a large file to the bucket in parts, byte for byte', async () => {
  const site = createSite()
  const { store, engine, add } = openPage(site)
  const file = fileOf(12 * mebibyte + 7)

  await engine.upload(add(file))

  const record = store.get('film.bin')
  expect(record).toMatchObject({
    status: 'complete',
    bytesUploaded: file.size,
    object: { size: file.size, location: expect.stringMatching(/^http:\/\/s3\.test\/uploads\//) },
  })
  const key = record?.status === 'complete' ? record.object.key : ''
  expect(await isStoredExactly(site, key, file)).toBe(true)
  expect(site.operations('UploadPart')).toHaveLength(3)
  expect(await site.openUploads()).toBe(0)
})

it.each([
  ['just below two parts', 10 * mebibyte - 1, 2],
  ['two parts', 10 * mebibyte, 2],
  ['just above two parts', 10 * mebibyte + 1, 3],
])('cuts a file of %s without an empty part', async (_size, size, parts) => {
  const site = createSite()
  const { store, engine, add } = openPage(site)

  await engine.upload(add(fileOf(size)))

  expect(store.get('film.bin')?.status).toBe('complete')
  expect(site.operations('UploadPart')).toHaveLength(parts)
})

it('sends an empty file in one request, whatever the threshold', async () => {
  const site = createSite()
  const { store, engine, add } = openPage(site)

  await engine.upload(add(fileOf(0)))

  expect(store.get('film.bin')?.status).toBe('complete')
  expect(site.operations('CreateMultipartUpload')).toHaveLength(0)
})

it('has parts signed together whose checksums are known before anybody waits for them', async () => {
  const line = Promise.withResolvers<void>()
  const { store, engine, add, asked } = openPage(createSite(), {
    wantsChecksums: () => true,
    concurrency: 2,
    async onSend(send) {
      await line.promise
      return await send()
    },
  })
  const signedParts = () => asked('sign-parts').flatMap(({ parts }) => parts)

  const uploaded = engine.upload(add(fileOf(30 * mebibyte)))

  await expect.poll(() => signedParts().length, { timeout: 10_000 }).toBe(6)
  // Somebody waits for each of the first two, and for the third until a slot is free.
  expect(asked('sign-parts').length).toBeLessThanOrEqual(4)
  line.resolve()
  await uploaded
  expect(store.get('film.bin')?.status).toBe('complete')
})

it('sends as many parts at once as there are slots, and no more', async () => {
  const site = createSite()
  let running = 0
  let most = 0
  const allSlots = Promise.withResolvers<void>()
  const { engine, add } = openPage(site, {
    concurrency: 3,
    async onSend(send) {
      running += 1
      most = Math.max(most, running)
      if (running === 3) allSlots.resolve()
      await allSlots.promise
      // Time for one part too many.
      await new Promise((resolve) => setTimeout(resolve, 5))
      return await send().finally(() => {
        running -= 1
      })
    },
  })

  await engine.upload(add(fileOf(40 * mebibyte)))

  expect(most).toBe(3)
})

it('finishes three files of three parts with a single slot', async () => {
  const site = createSite()
  const { store, engine, add } = openPage(site, { concurrency: 1 })
  const ids = [1, 2, 3].map((seed) => add(fileOf(11 * mebibyte, { name: `${seed}.bin`, seed })))

  await Promise.all(ids.map((id) => engine.upload(id)))

  expect(ids.map((id) => store.get(id)?.status)).toEqual(['complete', 'complete', 'complete'])
})

it('begins with the URLs that came with the upload', async () => {
  const site = createSite()
  const { engine, add, asked } = openPage(site)

  await engine.upload(add(fileOf(200 * mebibyte)))

  expect(site.operations('UploadPart')).toHaveLength(18)
  const others = asked('sign-parts').flatMap(({ parts }) => parts)
  expect(others.map(({ partNumber }) => partNumber)).toEqual([17, 18])
})

it('never shows less progress than before, nor more than the file', async () => {
  const site = createSite()
  site.s3.fault({ operation: 'UploadPart', nth: 2, effect: { kind: 'refuse', code: 'SlowDown' } })
  const { store, engine, add } = openPage(site, { concurrency: 2 })
  const file = fileOf(22 * mebibyte)
  const seen: number[] = []
  store.subscribeTo('film.bin', () => seen.push(store.get('film.bin')?.bytesUploaded ?? 0))

  await engine.upload(add(file))

  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect(Math.max(...seen)).toBe(file.size)
})

it('binds every part to its bytes when checksums are on', async () => {
  const site = createSite()
  const { store, engine, add, asked } = openPage(site, { wantsChecksums: () => true })

  await engine.upload(add(fileOf(12 * mebibyte)))

  expect(store.get('film.bin')?.status).toBe('complete')
  const parts = asked('sign-parts').flatMap((request) =>
    request.operation === 'sign-parts' ? request.parts : [],
  )
  expect(parts.map(({ partNumber }) => partNumber).toSorted()).toEqual([1, 2, 3])
  expect(parts.every(({ checksum }) => checksum?.length === 44)).toBe(true)
})

it('has a part that was damaged on the way refused and sends it again', async () => {
  const site = createSite()
  let sent = 0
  const { store, engine, add } = openPage(site, {
    wantsChecksums: () => true,
    async onSend(send, request) {
      sent += 1
      if (sent !== 2 || !(request.body instanceof Blob)) return await send()
      return await send({ ...request, body: new Blob([new Uint8Array(request.body.size)]) })
    },
  })
  const file = fileOf(12 * mebibyte)

  await engine.upload(add(file))

  const record = store.get('film.bin')
  const key = record?.status === 'complete' ? record.object.key : ''
  expect(await isStoredExactly(site, key, file)).toBe(true)
  expect(site.operations('UploadPart').map(({ errorCode }) => errorCode)).toContain('BadDigest')
})

it('binds a small file to its bytes in the form', async () => {
  const site = createSite({ multipartThreshold: false })
  const { store, engine, add, asked } = openPage(site, { wantsChecksums: () => true })

  await engine.upload(add(fileOf(1000)))

  expect(store.get('film.bin')?.status).toBe('complete')
  expect(asked('sign-uploads')[0]).toMatchObject({ files: [{ checksum: expect.any(String) }] })
})

describe('a retry by hand after sign-uploads said that the upload exists', () => {
  it('uploads the file under a new id', async () => {
    const site = createSite()
    const page = openPage(site)
    const id = page.add(fileOf(11 * mebibyte))
    await page.engine.upload(id)
    expect(page.store.get(id)?.status).toBe('complete')
    await page.engine.upload(id)
    await page.engine.upload(id)
    expect(page.store.get(id)).toMatchObject({ status: 'complete' })
  })
})
