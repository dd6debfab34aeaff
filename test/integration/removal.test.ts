// @vitest-environment node
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fileOf, isStoredExactly, mebibyte } from '../support/engine.js'
import { settle, setUpRemoval } from './removal-set-up.js'

vi.stubGlobal('window', globalThis)
afterEach(() => vi.unstubAllGlobals)

const small = (name: string) => new File([name.repeat(20)], name)
const three = [small('a.txt'), small('b.txt'), small('c.txt')]
const large = () => fileOf(22 * mebibyte)

/** A large file of which two parts have arrived, and the third is on its way. */
async function inMidUpload(given: Parameters<typeof setUpRemoval>[0] = {}) {
  const page = await setUpRemoval({ concurrency: 1, ...given })
  const file = large()
  const arrived = vi.fn()
  page.uppy.on('s3-multipart:part-uploaded', () => {
    arrived()
    page.gate.isShut = arrived.mock.calls.length === 2
  })
  const [id = ''] = page.add(file)
  if (given.autoUpload === false) void page.plugin.uploadNew()
  await vi.waitFor(() => expect(arrived).toHaveBeenCalledTimes(2))
  await settle(20)
  return { ...page, file, id }
}

const partsOf = ({ site }: Pick<Awaited<ReturnType<typeof setUpRemoval>>, 'site'>) =>
  site.operations('UploadPart').map(({ partNumber }) => partNumber)

describe('removing complete files', () => {
  it('and undoing it brings back the same rows in the same places, with the same receipts', async () => {
    const page = await setUpRemoval()
    const ids = page.add(...three)
    await page.whenComplete(3)
    const receipts = page.receipts()

    page.plugin.remove([ids[0] ?? '', ids[1] ?? ''])
    expect(page.uploads.ids).toEqual([ids[2]])
    expect(page.uppy.getFiles().map(({ id }) => id)).toEqual([ids[2]])
    expect(page.uploads.removed).toEqual({ count: 2, names: ['a.txt', 'b.txt'] })
    page.plugin.undo()

    expect(page.uploads.ids).toEqual(ids)
    expect(page.uppy.getFiles().map(({ id }) => id)).toEqual(ids)
    expect(page.receipts()).toEqual(receipts)
    expect(page.uploads.removed).toBeUndefined()
    expect(page.told).toEqual([])
    expect(page.waits).toBe(0)
    expect(page.asked).not.toContain('abort-uploads')
  })

  it('tells the server ten seconds later, which keeps their objects', async () => {
    const page = await setUpRemoval({ server: { unclaimed: 'tag' } })
    const [id = ''] = page.add(...three)
    await page.whenComplete(3)

    page.plugin.remove(id)
    await settle(20)
    expect(page.asked).not.toContain('abort-uploads')
    page.reconsiderNoMore()

    await vi.waitFor(() =>
      expect(page.told).toMatchObject([{ owner: 'ada', state: 'stored', deleted: false }]),
    )
    expect(await page.site.s3.objects('uploads')).toHaveLength(3)
  })

  it('uploads them again when it is undone after that', async () => {
    const page = await setUpRemoval()
    const ids = page.add(...three)
    await page.whenComplete(3)
    const [first, ...others] = page.receipts()
    page.plugin.remove(ids[0] ?? '')
    page.reconsiderNoMore()
    await vi.waitFor(() => expect(page.told).toHaveLength(1))

    page.plugin.undo()
    expect(page.uploads.ids).toEqual(ids)
    await page.whenComplete(3)

    expect(page.receipts()[0]).not.toBe(first)
    expect(page.receipts().slice(1)).toEqual(others)
    expect(page.uppy.getFile(ids[0] ?? '').progress.uploadComplete).toBeTruthy()
    expect(page.told).toHaveLength(1)
  })

  it('tells the server nothing when their rows alone are not needed any more', async () => {
    const page = await setUpRemoval()
    page.add(...three)
    await page.whenComplete(3)
    const receipts = page.receipts()

    page.plugin.removeAll({ keepsComplete: true })
    page.reconsiderNoMore()
    page.plugin.undo()
    expect(page.receipts()).toEqual(receipts)
    page.plugin.removeAll({ keepsComplete: true })
    page.plugin.dismissRemoved()

    await settle()
    expect(page.asked).not.toContain('abort-uploads')
    expect(page.uploads.ids).toEqual([])
  })
})

describe('removing an upload under way', () => {
  it('stands still at once, and goes on where it stood when it is undone', async () => {
    const page = await inMidUpload()
    const { uploadId, bytesUploaded } = page.uploads.get(page.id) ?? {}
    page.plugin.remove(page.id)
    page.gate.isShut = false
    page.gate.open()
    await settle(300)
    expect(partsOf(page).filter((part) => part && part > 3)).toEqual([])

    page.plugin.undo()
    expect(page.uploads.get(page.id)).toMatchObject({ status: 'waiting', uploadId, bytesUploaded })
    await page.whenComplete(1)

    expect(partsOf(page).slice(0, 2)).toEqual([1, 2])
    expect(partsOf(page).filter((part) => part === 1 || part === 2)).toHaveLength(2)
    expect(page.site.operations('CreateMultipartUpload')).toHaveLength(1)
    const record = page.uploads.get(page.id)
    const key = record?.status === 'complete' ? record.object.key : ''
    expect(await isStoredExactly(page.site, key, page.file)).toBe(true)
    expect(page.told).toEqual([])
  })

  it('is told by the events of Uppy, and ends with one success', async () => {
    const page = await inMidUpload()
    const events: string[] = []
    for (const name of ['file-removed', 'file-added', 'upload-success', 'upload-error'] as const) {
      page.uppy.on(name, () => events.push(name))
    }

    page.plugin.remove(page.id)
    page.gate.isShut = false
    page.plugin.undo()
    await page.whenComplete(1)

    await settle(50)
    expect(events).toEqual(['file-removed', 'file-added', 'upload-success'])
    expect(page.uppy.getFile(page.id).progress.uploadComplete).toBeTruthy()
  })

  it('has its parts removed ten seconds later, and begins anew when it is undone after that', async () => {
    const page = await inMidUpload()
    page.plugin.remove(page.id)
    page.gate.isShut = false
    page.gate.open()
    await settle(50)
    expect(await page.site.openUploads()).toBe(1)

    page.reconsiderNoMore()
    await vi.waitFor(async () => expect(await page.site.openUploads()).toBe(0))
    await vi.waitFor(() =>
      expect(page.told).toMatchObject([{ state: 'unfinished', deleted: true }]),
    )
    page.plugin.undo()
    await page.whenComplete(1)

    expect(page.site.operations('CreateMultipartUpload')).toHaveLength(2)
    expect(await page.site.openUploads()).toBe(0)
  })

  it.each([
    ['when the page is left', ({ leave }) => leave()],
    ['when the plugin goes', ({ uppy }) => uppy.destroy()],
    ['when the next file is removed', ({ plugin, add }) => plugin.remove([...add(small('x'))])],
    ['when undo is no longer offered', ({ plugin }) => plugin.dismissRemoved()],
  ] satisfies [string, (page: Awaited<ReturnType<typeof setUpRemoval>>) => void][])(
    'has its parts removed at once %s',
    async (_, happen) => {
      const page = await inMidUpload()
      page.plugin.remove(page.id)
      page.gate.isShut = false
      page.gate.open()
      await settle(50)

      happen(page)

      await vi.waitFor(async () => expect(await page.site.openUploads()).toBe(0))
    },
  )

  it('by Uppy itself gives it up at once, and for good', async () => {
    const page = await inMidUpload()
    page.gate.isShut = false

    page.uppy.removeFile(page.id)

    await vi.waitFor(async () => expect(await page.site.openUploads()).toBe(0))
    expect(page.uploads.removed).toBeUndefined()
  })

  it('while it is paused keeps it paused', async () => {
    const page = await inMidUpload()
    page.plugin.setPaused(page.id, true)
    page.gate.isShut = false

    page.plugin.remove(page.id)
    page.plugin.undo()
    await settle(200)
    expect(page.statuses()).toEqual(['paused'])
    expect(page.uppy.getFile(page.id).isPaused).toBe(true)
    page.plugin.setPaused(page.id, false)

    await page.whenComplete(1)
    expect(page.site.operations('CreateMultipartUpload')).toHaveLength(1)
  })

  it('while the server confirms it sends nothing twice', async () => {
    const page = await setUpRemoval()
    const succeeded = vi.fn()
    page.uppy.on('upload-success', succeeded)
    page.site.s3.fault({ operation: 'HeadObject', effect: { kind: 'delay', delayMs: 150 } })
    const [id = ''] = page.add(small('a.txt'))
    await vi.waitFor(() => expect(page.statuses()).toEqual(['finishing']))
    await settle(20)

    page.plugin.remove(id)
    await settle(20)
    page.plugin.undo()
    await page.whenComplete(1)

    await settle(50)
    expect(page.site.operations('PostObject')).toHaveLength(1)
    expect(succeeded).toHaveBeenCalledTimes(1)
  })

  it('while the server begins it leaves no upload open', async () => {
    const page = await setUpRemoval()
    page.site.s3.fault({
      operation: 'CreateMultipartUpload',
      effect: { kind: 'delay', delayMs: 200 },
    })
    const [id = ''] = page.add(large())
    await vi.waitFor(() => expect(page.asked).toContain('sign-uploads'))
    await settle(50)

    page.plugin.remove(id)
    await settle(300)
    expect(await page.site.openUploads()).toBe(1)
    page.plugin.undo()
    await page.whenComplete(1)

    await vi.waitFor(async () => expect(await page.site.openUploads()).toBe(0))
  })
})

describe('undoing', () => {
  it('brings a failed file back as failed', async () => {
    const page = await setUpRemoval()
    page.site.s3.fault({
      operation: 'PostObject',
      times: 1,
      effect: { kind: 'refuse', code: 'AccessDenied' },
    })
    const [id = ''] = page.add(small('a.txt'))
    await vi.waitFor(() => expect(page.statuses()).toEqual(['failed']))

    page.plugin.remove(id)
    page.plugin.undo()
    expect(page.statuses()).toEqual(['failed'])
    expect(page.uppy.getFile(id).error).toBeTruthy()
    await page.uppy.retryUpload(id)

    expect(page.statuses()).toEqual(['complete'])
  })

  it('starts nothing that was not started', async () => {
    const page = await setUpRemoval({ autoUpload: false })
    const [a = '', b = ''] = page.add(small('a.txt'), small('b.txt'))
    page.plugin.remove(a)
    page.plugin.undo()
    await settle(50)

    expect(page.uploads.ids).toEqual([a, b])
    expect(page.statuses()).toEqual(['ready', 'ready'])
    await page.plugin.uploadNew()
    expect(page.statuses()).toEqual(['complete', 'complete'])
  })

  it('starts what was started, and leaves alone what waits for its start or has failed', async () => {
    const page = await inMidUpload({ autoUpload: false })
    const [b = ''] = page.add(small('b.txt'))
    page.plugin.remove(page.id)
    page.gate.isShut = false
    page.plugin.undo()

    await page.whenComplete(1)
    expect(page.uploads.get(b)?.status).toBe('ready')
  })

  it('gives a file a name of its own when it was added again meanwhile', async () => {
    const page = await setUpRemoval()
    const [id = ''] = page.add(small('a.txt'))
    await page.whenComplete(1)
    const [receipt] = page.receipts()
    page.plugin.remove(id)
    page.add(small('a.txt'))
    await page.whenComplete(1)

    page.plugin.undo()

    await page.whenComplete(2)
    expect(new Set(page.uploads.ids).size).toBe(2)
    expect(page.receipts()).toContain(receipt)
    expect(page.uppy.getFiles()).toHaveLength(2)
  })

  it('brings no more files back than may be there', async () => {
    const page = await setUpRemoval({ uppyOptions: { restrictions: { maxNumberOfFiles: 2 } } })
    const ids = page.add(small('a.txt'), small('b.txt'))
    await page.whenComplete(2)
    page.plugin.remove(ids)
    page.add(small('c.txt'))

    page.plugin.undo()

    expect(page.uploads.ids.map((id) => page.uploads.get(id)?.name)).toEqual(['a.txt', 'c.txt'])
    expect(page.uploads.rejected).toMatchObject([{ reason: 'too-many-files', names: ['b.txt'] }])
  })

  it('brings no more files back than may be there beside stored ones', async () => {
    const page = await setUpRemoval({ uppyOptions: { restrictions: { maxNumberOfFiles: 2 } } })
    const ids = page.add(...three.slice(0, 2))
    await page.whenComplete(2)
    page.plugin.remove(ids)
    page.plugin.stored.set([{ key: 'k', name: 'kept.txt' }])

    page.plugin.undo()

    expect(page.uploads.ids).toEqual(['stored:k', ids[0]])
    expect(page.uploads.rejected).toMatchObject([{ reason: 'too-many-files', names: ['b.txt'] }])
  })

  it('brings back what was still being added', async () => {
    const page = await setUpRemoval({ autoUpload: false })
    const files = Array.from({ length: 500 }, (_, index) => small(`${index}.txt`))
    page.plugin.addFiles(files.map((file) => ({ file })))
    page.plugin.removeAll()
    await settle(50)
    expect(page.uploads.ids).toEqual([])

    page.plugin.undo()

    await vi.waitFor(() => expect(page.uploads.ids).toHaveLength(500))
  })

  it('does nothing a second time', async () => {
    const page = await setUpRemoval()
    const [id = ''] = page.add(small('a.txt'))
    await page.whenComplete(1)
    page.plugin.remove(id)
    page.plugin.undo()
    page.plugin.undo()
    expect(page.uploads.ids).toEqual([id])
  })
})
