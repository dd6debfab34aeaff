import Uppy, { type Body, type Meta, type UppyFile } from '@uppy/core'
import { expect, it, vi } from 'vitest'
import { S3DirectUpload as Plugin, type S3DirectUpload } from '../../src/uppy/index.js'
import type { S3DirectUploadOptions } from '../../src/uppy/plugin-options.js'
import { fetchOf, scriptEndpoint } from '../support/scripted-endpoint.js'

type UppyOptions = ConstructorParameters<typeof Uppy<Meta, Body>>[0]

function setUp(prepare: S3DirectUploadOptions['prepare'], uppyOptions: UppyOptions = {}) {
  const endpoint = scriptEndpoint()
  vi.stubGlobal('fetch', fetchOf(endpoint))
  const logger = { debug() {}, warn() {}, error() {} }
  const uppy = new Uppy<Meta, Body>({ logger, ...uppyOptions })
  const { transport } = endpoint
  uppy.use(Plugin, { endpoint: '/api/s3', transport, autoUpload: true, prepare })
  const plugin = uppy.getPlugin('S3DirectUpload') as S3DirectUpload<Meta, Body>
  const settled = (count: number) =>
    vi.waitFor(() => {
      const { complete, failed } = plugin.uploads.summary.counts
      expect(complete + failed).toBe(count)
    })
  return { uppy, plugin, endpoint, settled }
}

const photo = (size = 20, name = 'photo.png') =>
  new File(['x'.repeat(size)], name, { type: 'image/png', lastModified: 1 })

it('is to Uppy what the app has made of it', async () => {
  const small = new File(['small'], 'photo.webp', { type: 'image/webp' })
  const { uppy, plugin, endpoint, settled } = setUp(async () => small)

  plugin.addFiles([{ file: photo() }])
  await settled(1)

  expect(uppy.getFiles()).toMatchObject([
    {
      name: 'photo.webp',
      type: 'image/webp',
      extension: 'webp',
      size: 5,
      data: small,
      meta: { name: 'photo.webp', type: 'image/webp' },
      progress: { uploadComplete: true, bytesTotal: 5 },
    },
  ])
  expect(endpoint.signRequests).toMatchObject([[{ name: 'photo.webp', size: 5 }]])
})

it('is measured as it becomes, not as it was chosen', async () => {
  const restrictions = { maxFileSize: 10, minFileSize: 2 }
  const resize = (file: File) => file.slice(0, Number.parseInt(file.name, 10), file.type)
  const { plugin, settled } = setUp(resize, { restrictions })

  plugin.addFiles(['1.png', '10.png', '11.png'].map((name) => ({ file: photo(20, name) })))
  await settled(3)

  const ends = plugin.uploads.ids.map((id) => {
    const record = plugin.uploads.get(id)
    return record?.status === 'failed' ? record.error.code : record?.status
  })
  expect(ends).toEqual(['file-too-small', 'complete', 'file-too-large'])
  expect(plugin.uploads.rejected).toEqual([])
})

it('is still refused by its type', async () => {
  const prepare = vi.fn(() => undefined)
  const { plugin } = setUp(prepare, { restrictions: { allowedFileTypes: ['video/*'] } })

  plugin.addFiles([{ file: photo() }])

  await vi.waitFor(() =>
    expect(plugin.uploads.rejected).toMatchObject([{ reason: 'file-type-not-accepted' }]),
  )
  expect(prepare).not.toHaveBeenCalled()
})

it('is not prepared once more when Uppy has it back after a reload', async () => {
  const prepare = vi.fn(() => new Blob(['small']))
  const before = setUp(prepare)
  before.endpoint.onSend = () => new Promise(() => {})
  before.plugin.addFiles([{ file: photo() }])
  await vi.waitFor(() => expect(before.endpoint.sent).toHaveLength(1))
  const [file] = before.uppy.getFiles()
  // What outlives a page is JSON, with the bytes beside it.
  const kept = { ...JSON.parse(JSON.stringify(file)), data: file?.data }
  const after = setUp(prepare)

  after.uppy.setState({ files: { [kept.id]: kept as UppyFile<Meta, Body> } })
  after.uppy.emit('restored', undefined as never)
  await after.uppy.retryUpload(kept.id)

  expect(prepare).toHaveBeenCalledTimes(1)
  expect(after.plugin.uploads.get(kept.id)).toMatchObject({ status: 'complete', size: 5 })
})

it('is prepared anew when the app has put other bytes in its place', async () => {
  const prepare = vi.fn(() => new Blob(['small']))
  const { uppy, plugin, endpoint, settled } = setUp(prepare)
  endpoint.onSend = async () => ({ status: 403, body: '' })
  plugin.addFiles([{ file: photo() }])
  await settled(1)
  endpoint.onSend = async (_, store) => {
    store()
    return { status: 201, body: '' }
  }
  const [file] = uppy.getFiles()

  uppy.setFileState(file!.id, { data: new Blob(['edited']), size: 6 })
  await uppy.retryUpload(file!.id)

  expect(prepare).toHaveBeenCalledTimes(2)
  expect(plugin.uploads.get(file!.id)).toMatchObject({ status: 'complete', size: 5 })
})

it('is a duplicate by what was chosen', async () => {
  const { plugin, settled } = setUp(() => new Blob(['small']))
  plugin.addFiles([{ file: photo() }])
  await settled(1)

  plugin.addFiles([{ file: photo() }])

  await vi.waitFor(() => expect(plugin.uploads.rejected).toMatchObject([{ reason: 'duplicate' }]))
})

it('has the metadata that the app makes of it, beside those of all files', async () => {
  const { uppy, plugin, endpoint, settled } = setUp(undefined, {
    meta: { album: 'trip', of: 'all' },
  })
  plugin.setOptions({ metadata: (file) => ({ of: file.name }) })

  plugin.addFiles([{ file: photo(5, 'a.png') }, { file: photo(5, 'b.png') }])
  await settled(2)

  expect(endpoint.signRequests.flat().map(({ metadata }) => metadata)).toEqual([
    { album: 'trip', of: 'a.png' },
    { album: 'trip', of: 'b.png' },
  ])
  expect(uppy.getFiles()[0]?.meta).toMatchObject({ of: 'a.png' })
})
