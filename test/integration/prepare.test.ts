// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'
import type { PrepareFile } from '../../src/upload/sending/preparations.js'
import {
  createSite,
  fileOf,
  isStoredExactly,
  leaveAfter,
  mebibyte,
  openPage,
} from '../support/engine.js'

const endpoint = 'http://app.test/api/s3'

const named = (name: string, content: BlobPart[] = ['hello']) =>
  new File(content, name, { type: 'image/png' })

const preparing = (prepare: PrepareFile) => ({ preparation: { prepare: () => prepare } })

/** Holds every preparation until the test lets it go. */
function held() {
  const begun: string[] = []
  const finishers: ((result?: Blob) => void)[] = []
  const signals: AbortSignal[] = []
  const prepare: PrepareFile = (file, { signal }) => {
    begun.push(file.name)
    signals.push(signal)
    return new Promise((resolve) => finishers.push(resolve))
  }
  return { prepare, begun, finishers, signals }
}

describe('a file that the app prepares', () => {
  it('is signed and stored as what it became: name, type, size, checksum and bytes', async () => {
    const site = createSite()
    const small = new File(['small'], 'photo.webp', { type: 'image/webp' })
    const page = openPage(site, { ...preparing(async () => small), wantsChecksums: () => true })

    const id = page.add(named('photo.png', ['a large picture']))
    await page.engine.upload(id)

    expect(page.store.get(id)).toMatchObject({
      status: 'complete',
      name: 'photo.webp',
      type: 'image/webp',
      size: 5,
      chosen: { name: 'photo.png', type: 'image/png', size: 15 },
    })
    expect(page.asked('sign-uploads')[0]?.files).toMatchObject([
      { name: 'photo.webp', type: 'image/webp', size: 5, checksum: expect.any(String) },
    ])
    const record = page.store.get(id)
    const key = record?.status === 'complete' ? record.object.key : ''
    expect(await isStoredExactly(site, key, small)).toBe(true)
  })

  it('keeps its name when the app returns bytes alone, and all of it when the app returns nothing', async () => {
    const page = openPage(createSite(), {
      ...preparing((file) =>
        file.name === 'a.png' ? new Blob(['x'], { type: 'image/x' }) : undefined,
      ),
    })

    await Promise.all([
      page.engine.upload(page.add(named('a.png'))),
      page.engine.upload(page.add(named('b.png'))),
    ])

    expect(page.store.get('a.png')).toMatchObject({ status: 'complete', name: 'a.png', size: 1 })
    expect(page.store.get('b.png')).toMatchObject({ status: 'complete', name: 'b.png', size: 5 })
  })

  it('says that it is being prepared, offline too, and asks the endpoint for nothing before', async () => {
    const { prepare, finishers } = held()
    const page = openPage(createSite(), preparing(prepare))
    const id = page.add(named('a.png'))

    const uploading = page.engine.upload(id)
    await vi.waitFor(() =>
      expect(page.store.get(id)).toMatchObject({ status: 'waiting', reason: 'preparing' }),
    )

    expect(page.asked('sign-uploads')).toEqual([])
    finishers[0]?.()
    await uploading
    expect(page.store.get(id)?.status).toBe('complete')
  })

  it('is one of two at a time', async () => {
    const { prepare, begun, finishers } = held()
    const page = openPage(createSite(), preparing(prepare))
    const names = ['a.png', 'b.png', 'c.png', 'd.png']

    const uploading = names.map((name) => page.engine.upload(page.add(named(name))))
    await vi.waitFor(() => expect(begun).toEqual(['a.png', 'b.png']))
    expect(page.store.get('c.png')?.status).toBe('waiting')
    expect(page.store.get('c.png')).not.toHaveProperty('reason', 'preparing')
    finishers[0]?.()
    await vi.waitFor(() => expect(begun).toEqual(['a.png', 'b.png', 'c.png']))
    page.engine.cancel('b.png')
    await vi.waitFor(() => expect(begun).toHaveLength(4))

    for (const finish of finishers) finish()
    await Promise.all(uploading)
    expect(page.store.get('d.png')?.status).toBe('complete')
  })

  it('fails in the words of the app when it is refused, and is prepared anew by a retry', async () => {
    const prepare = vi.fn<PrepareFile>().mockImplementationOnce(() => {
      throw new Error('This picture is too dark.')
    })
    const page = openPage(createSite(), preparing(prepare))
    const id = page.add(named('a.png'))

    await page.engine.upload(id)
    expect(page.store.get(id)).toMatchObject({
      status: 'failed',
      error: { code: 'file-refused', message: 'This picture is too dark.', isInAppWords: true },
    })
    await page.engine.upload(id)

    expect(page.store.get(id)?.status).toBe('complete')
    expect(prepare).toHaveBeenCalledTimes(2)
  })

  it('is prepared once, however often it is paused meanwhile', async () => {
    const { prepare, begun, finishers } = held()
    const page = openPage(createSite(), preparing(prepare))
    const id = page.add(named('a.png'))
    const uploading = page.engine.upload(id)
    await vi.waitFor(() => expect(begun).toHaveLength(1))

    page.engine.pause(id)
    expect(page.store.get(id)?.status).toBe('paused')
    page.engine.resume(id)
    await vi.waitFor(() => expect(page.store.get(id)).toMatchObject({ reason: 'preparing' }))
    page.engine.pause(id)
    finishers[0]?.(new Blob(['x']))
    await vi.waitFor(() => expect(page.store.get(id)?.size).toBe(1))
    expect(page.store.get(id)?.status).toBe('paused')
    page.engine.resume(id)

    await uploading
    expect(page.store.get(id)).toMatchObject({ status: 'complete', size: 1 })
    expect(begun).toHaveLength(1)
  })

  it('tells the app when it is removed, and sends nothing', async () => {
    const site = createSite()
    const { prepare, signals } = held()
    const page = openPage(site, preparing(prepare))
    const id = page.add(named('a.png'))
    const uploading = page.engine.upload(id)
    await vi.waitFor(() => expect(signals).toHaveLength(1))

    page.engine.cancel(id)
    await uploading

    expect(signals[0]?.aborted).toBe(true)
    expect(site.requests).toEqual([])
  })

  it('is not prepared again when its upload failed afterwards', async () => {
    const prepare = vi.fn<PrepareFile>(() => new Blob(['x']))
    let refused = 0
    const page = openPage(createSite(), {
      ...preparing(prepare),
      async onSend(send) {
        refused += 1
        return refused === 1 ? { status: 403, body: '' } : await send()
      },
    })
    const id = page.add(named('a.png'))
    await page.engine.upload(id)
    expect(page.store.get(id)?.status).toBe('failed')

    await page.engine.upload(id)

    expect(page.store.get(id)).toMatchObject({ status: 'complete', size: 1 })
    expect(prepare).toHaveBeenCalledTimes(1)
  })
})

describe('a prepared file whose upload was interrupted', () => {
  const chosen = named('film.png', [new Uint8Array(10)])
  const prepared = fileOf(22 * mebibyte)

  it('goes on when it is prepared into the same bytes, and is listed as it was chosen', async () => {
    const site = createSite()
    await leaveAfter(
      site,
      3,
      chosen,
      preparing(() => prepared),
    )
    const page = openPage(
      site,
      preparing(() => prepared),
    )
    await page.interrupted.load()
    expect(page.store.interrupted).toMatchObject([{ name: 'film.png', size: 10 }])

    const before = site.operations('UploadPart').length
    await page.engine.upload(page.add(chosen))

    expect(page.store.get('film.png')).toMatchObject({ status: 'complete', name: prepared.name })
    expect(site.operations('UploadPart').slice(before)).toHaveLength(2)
  })

  it('begins anew when it is prepared into other bytes, and the old upload is discarded', async () => {
    const site = createSite()
    await leaveAfter(
      site,
      3,
      chosen,
      preparing(() => prepared),
    )
    const other = new File([prepared.slice(0, 21 * mebibyte), 'other'], prepared.name)
    const page = openPage(
      site,
      preparing(() => other),
    )
    await page.interrupted.load()

    await page.engine.upload(page.add(chosen))

    const record = page.store.get('film.png')
    const key = record?.status === 'complete' ? record.object.key : ''
    expect(await isStoredExactly(site, key, other)).toBe(true)
    await vi.waitFor(async () => expect(await site.openUploads()).toBe(0))
    expect(page.store.interrupted).toEqual([])
    expect(await site.resumeStore.list(endpoint)).toEqual([])
  })
})
