// @vitest-environment node
import type { S3OperationName } from 's3-direct-upload/testing'
import { describe, expect, it, vi } from 'vitest'
import { createSite, fileOf, isStoredExactly, mebibyte, openPage } from '../support/engine.js'

const file = fileOf(22 * mebibyte)

const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000 })

describe('cancelling', () => {
  const moments: [string, S3OperationName, number][] = [
    ['while the server looks for the object', 'HeadObject', 1],
    ['while the upload begins', 'CreateMultipartUpload', 1],
    ['while the first part is sent', 'UploadPart', 1],
    ['while the last part is sent', 'UploadPart', 5],
    ['while the parts are listed', 'ListParts', 1],
    ['while the parts are put together', 'CompleteMultipartUpload', 1],
  ]

  it.each(moments)('%s leaves no unfinished upload', async (_name, operation, nth) => {
    const site = createSite()
    const page = openPage(site)
    const id = page.add(file)
    site.s3.fault({
      operation,
      nth,
      effect: () => {
        page.engine.cancel(id)
        return undefined
      },
    })

    await page.engine.upload(id)

    expect(page.store.get(id)?.status).not.toBe('failed')
    await eventually(async () => expect(await site.openUploads()).toBe(0))
  })

  it.each(moments)(
    '%s, when the answer is slow, leaves none either',
    async (_name, operation, nth) => {
      const site = createSite()
      const page = openPage(site)
      const id = page.add(file)
      site.s3.fault({ operation, nth, effect: { kind: 'delay', delayMs: 300 } })
      const cancelled = vi.waitFor(() => {
        if (site.operations(operation).length < nth - 1) throw new Error('not yet')
      })
      const uploading = page.engine.upload(id)
      await cancelled
      await new Promise((resolve) => setTimeout(resolve, 100))
      page.engine.cancel(id)

      await uploading

      await new Promise((resolve) => setTimeout(resolve, 500))
      await eventually(async () => expect(await site.openUploads()).toBe(0))
    },
  )

  it('is told to S3 again when S3 is busy', async () => {
    const site = createSite()
    site.s3.fault({
      operation: 'AbortMultipartUpload',
      times: 8,
      effect: { kind: 'refuse', code: 'SlowDown' },
    })
    const page = openPage(site, {
      async onSend(send) {
        page.engine.cancel('film.bin')
        return await send()
      },
    })

    await page.engine.upload(page.add(file))

    await eventually(async () => expect(await site.openUploads()).toBe(0))
  })

  it('removes what a failed upload has left', async () => {
    const site = createSite()
    site.s3.fault({ operation: 'UploadPart', effect: { kind: 'refuse', code: 'AccessDenied' } })
    const page = openPage(site)
    await page.engine.upload(page.add(file))
    expect(await site.openUploads()).toBe(1)

    page.engine.cancel('film.bin')

    await eventually(async () => expect(await site.openUploads()).toBe(0))
  })

  it('right before all work ends is not lost', async () => {
    const site = createSite()
    const page = openPage(site, {
      async onSend(send) {
        page.engine.cancel('film.bin')
        page.engine.destroy()
        return await send()
      },
    })

    await page.engine.upload(page.add(file))

    await eventually(async () => expect(await site.openUploads()).toBe(0))
  })

  it('forgets what a later page would go on with', async () => {
    const site = createSite()
    const page = openPage(site, {
      async onSend(send) {
        page.engine.cancel('film.bin')
        return await send()
      },
    })

    await page.engine.upload(page.add(file))

    await eventually(async () =>
      expect(await site.resumeStore.list('http://app.test/api/s3')).toEqual([]),
    )
  })
})

describe('pausing', () => {
  it('and resuming sends no part twice that had arrived', async () => {
    const site = createSite()
    let sent = 0
    const page = openPage(site, {
      concurrency: 1,
      async onSend(send) {
        sent += 1
        if (sent === 3) page.engine.pause('film.bin')
        return await send()
      },
    })
    const uploading = page.engine.upload(page.add(file))
    await vi.waitFor(() => expect(page.store.get('film.bin')?.status).toBe('paused'))

    page.engine.resume('film.bin')
    await uploading

    const record = page.store.get('film.bin')
    const key = record?.status === 'complete' ? record.object.key : ''
    expect(await isStoredExactly(site, key, file)).toBe(true)
    const parts = site.operations('UploadPart').map(({ partNumber }) => partNumber)
    expect(parts.filter((partNumber) => partNumber !== 3)).toEqual([1, 2, 4, 5])
    expect(site.operations('CreateMultipartUpload')).toHaveLength(1)
  })

  it('while the upload begins begins no second one', async () => {
    const site = createSite()
    const page = openPage(site)
    const id = page.add(file)
    site.s3.fault({
      operation: 'CreateMultipartUpload',
      effect: () => {
        page.engine.pause(id)
        setTimeout(() => page.engine.resume(id), 20)
        return undefined
      },
    })

    await page.engine.upload(id)

    expect(page.store.get(id)?.status).toBe('complete')
    expect(site.operations('CreateMultipartUpload')).toHaveLength(1)
  })

  it('while the parts are put together changes nothing', async () => {
    const site = createSite()
    const page = openPage(site)
    const id = page.add(file)
    site.s3.fault({
      operation: 'CompleteMultipartUpload',
      effect: () => {
        page.engine.pause(id)
        return undefined
      },
    })

    await page.engine.upload(id)

    expect(page.store.get(id)?.status).toBe('complete')
  })

  it('of all running files lets a queued one begin, and not one that was paused in the queue', async () => {
    const site = createSite()
    const page = openPage(site, { concurrency: 2 })
    const ids = [1, 2, 3, 4].map((seed) =>
      page.add(fileOf(11 * mebibyte, { name: `${seed}.bin`, seed })),
    )
    const [first = '', second = '', third = '', fourth = ''] = ids
    page.engine.pause(fourth)
    const uploads = [first, second, third].map((id) => page.engine.upload(id))
    uploads.push(page.engine.upload(fourth, { startPaused: true }))
    page.engine.pause(first)
    page.engine.pause(second)

    await uploads[2]

    expect(ids.map((id) => page.store.get(id)?.status)).toEqual([
      'paused',
      'paused',
      'complete',
      'paused',
    ])
    for (const id of ids) page.engine.resume(id)
    await Promise.all(uploads)
    expect(ids.every((id) => page.store.get(id)?.status === 'complete')).toBe(true)
  })
})

it('settles every upload when all work ends, and leaves what was begun for a later page', async () => {
  const site = createSite()
  const page = openPage(site, {
    async onSend(send) {
      page.engine.destroy()
      return await send()
    },
  })

  await page.engine.upload(page.add(file))

  expect(await site.openUploads()).toBe(1)
})

it('retries one failed file without touching the others', async () => {
  const site = createSite()
  const page = openPage(site)
  const ids = Array.from({ length: 4 }, (_, seed) =>
    page.add(fileOf(11 * mebibyte, { name: `${seed}.bin`, seed: seed + 1 })),
  )
  const [failing = ''] = ids
  const remove = site.s3.fault({
    operation: 'UploadPart',
    key: /0\.bin$/,
    effect: { kind: 'refuse', code: 'AccessDenied' },
  })
  await Promise.all(ids.map((id) => page.engine.upload(id)))
  expect(page.store.get(failing)?.status).toBe('failed')
  remove()
  const before = site.operations('UploadPart').length

  await page.engine.upload(failing)

  expect(page.store.get(failing)?.status).toBe('complete')
  const again = site.operations('UploadPart').slice(before)
  expect(again.every(({ key }) => key?.endsWith('0.bin'))).toBe(true)
  expect(site.operations('CreateMultipartUpload')).toHaveLength(4)
})
