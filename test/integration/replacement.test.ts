// @vitest-environment node
import { afterEach, describe, expect, it, vi } from 'vitest'
import { settle, setUpRemoval } from './removal-set-up.js'

vi.stubGlobal('window', globalThis)
afterEach(() => vi.unstubAllGlobals)

const small = (name: string) => new File([name.repeat(20)], name)

/** A field for one file, in which the first is complete. */
async function withOne(given: Parameters<typeof setUpRemoval>[0] = {}) {
  const page = await setUpRemoval({
    ...given,
    uppyOptions: { restrictions: { maxNumberOfFiles: 1 } },
  })
  const replaceBy = (...files: File[]) =>
    page.plugin.addFiles(
      files.map((file) => ({ file })),
      { replace: true },
    )
  replaceBy(small('old.txt'))
  await page.whenComplete(1)
  const [old] = page.uploads.value
  return {
    ...page,
    old,
    replaceBy,
    names: () => page.uploads.ids.map((id) => page.uploads.get(id)?.name),
    values: () => page.uploads.value.map(({ name }) => name),
  }
}

describe('a file that replaces another', () => {
  it('leaves the old one the value until it is complete itself', async () => {
    const page = await withOne()
    page.gate.isShut = true

    page.replaceBy(small('new.txt'))
    await vi.waitFor(() => expect(page.statuses()).toEqual(['uploading']))
    expect(page.names()).toEqual(['new.txt'])
    expect(page.uploads.standing).toMatchObject([{ name: 'old.txt', status: 'complete' }])
    expect(page.uploads.value).toEqual([page.old])
    expect(page.uppy.getFiles()).toMatchObject([{ name: 'new.txt' }])
    await settle(50)
    page.gate.isShut = false
    page.gate.open()
    await page.whenComplete(1)

    expect(page.values()).toEqual(['new.txt'])
    await vi.waitFor(() => expect(page.told).toMatchObject([{ state: 'stored', deleted: false }]))
    expect(page.uploads.standing).toEqual([])
    expect(page.names()).toEqual(['new.txt'])
  })

  it.each([
    ['is removed', ({ plugin, uploads }) => plugin.remove(uploads.ids)],
    ['is cancelled by the app', ({ uppy }) => uppy.cancelAll()],
  ] satisfies [string, (page: Awaited<ReturnType<typeof withOne>>) => void][])(
    'has the old one come back when it %s',
    async (_, leave) => {
      const page = await withOne()
      page.gate.isShut = true
      page.replaceBy(small('new.txt'))
      await vi.waitFor(() => expect(page.statuses()).toEqual(['uploading']))

      leave(page)
      await settle(20)

      expect(page.names()).toEqual(['old.txt'])
      expect(page.statuses()).toEqual(['complete'])
      expect(page.uploads.value).toEqual([page.old])
      expect(page.uppy.getFiles()).toMatchObject([{ name: 'old.txt' }])
      expect(page.told.filter(({ state }) => state === 'stored')).toEqual([])
    },
  )

  it('leaves the old one the value when it fails', async () => {
    const page = await withOne()
    page.site.s3.fault({
      operation: 'PostObject',
      effect: { kind: 'refuse', code: 'AccessDenied' },
    })

    page.replaceBy(small('new.txt'))
    await vi.waitFor(() => expect(page.statuses()).toEqual(['failed']))

    expect(page.uploads.value).toEqual([page.old])
    page.replaceBy(small('third.txt'))
    await vi.waitFor(() => expect(page.names()).toEqual(['third.txt']))
    expect(page.uploads.value).toEqual([page.old])
  })

  it('comes back by undo, and the old one stands behind it again', async () => {
    const page = await withOne()
    page.gate.isShut = true
    page.replaceBy(small('new.txt'))
    await vi.waitFor(() => expect(page.statuses()).toEqual(['uploading']))
    page.plugin.remove(page.uploads.ids)
    await settle(20)

    page.gate.isShut = false
    page.plugin.undo()
    expect(page.names()).toEqual(['new.txt'])
    expect(page.uploads.value).toEqual([page.old])
    await page.whenComplete(1)

    expect(page.values()).toEqual(['new.txt'])
  })

  it('takes the place of a stored one, of which the server hears nothing', async () => {
    const page = await setUpRemoval({ uppyOptions: { restrictions: { maxNumberOfFiles: 1 } } })
    page.plugin.stored.set([{ key: 'k/stored.jpg', name: 'stored.jpg' }])
    page.gate.isShut = true

    page.plugin.addFiles([{ file: small('new.txt') }], { replace: true })
    await vi.waitFor(() => expect(page.statuses()).toEqual(['uploading']))
    expect(page.uploads.value).toMatchObject([{ key: 'k/stored.jpg' }])
    page.plugin.remove(page.uploads.ids)
    await settle(20)
    expect(page.statuses()).toEqual(['stored'])
    page.gate.isShut = false
    page.plugin.addFiles([{ file: small('other.txt') }], { replace: true })
    await page.whenComplete(1)

    expect(page.uploads.value).toMatchObject([{ name: 'other.txt' }])
    await settle(50)
    expect(page.told.filter(({ state }) => state === 'stored')).toEqual([])
  })

  it('is the first that fits of several; the others are named as left out', async () => {
    const page = await withOne()

    page.replaceBy(small('b.txt'), small('c.txt'))
    await vi.waitFor(() => expect(page.values()).toEqual(['b.txt']))

    expect(page.uploads.rejected).toMatchObject([{ reason: 'too-many-files', names: ['c.txt'] }])
  })

  it('goes with the old one when all are removed', async () => {
    const page = await withOne()
    page.gate.isShut = true
    page.replaceBy(small('new.txt'))
    await vi.waitFor(() => expect(page.statuses()).toEqual(['uploading']))

    page.plugin.removeAll()
    await settle(20)
    expect(page.uploads.value).toEqual([])
    expect(page.uploads.ids).toEqual([])
    page.plugin.undo()

    expect(page.uploads.value).toEqual([page.old])
  })
})
