import Uppy, { type Body, type Meta } from '@uppy/core'
import { describe, expect, it, vi } from 'vitest'
import { S3DirectUpload as Plugin, type S3DirectUpload } from '../../../src/uppy/index.js'
import type { AddableFile } from '../../../src/uppy/intake/addable-file.js'
import type { S3DirectUploadOptions } from '../../../src/uppy/plugin-options.js'
import { fetchOf, scriptEndpoint } from '../../support/scripted-endpoint.js'

function setUp(options: Partial<S3DirectUploadOptions> = {}) {
  const endpoint = scriptEndpoint()
  vi.stubGlobal('fetch', fetchOf(endpoint))
  const uppy = new Uppy<Meta, Body>({ logger: { debug() {}, warn() {}, error() {} } })
  const { transport } = endpoint
  uppy.use(Plugin, { endpoint: '/api/s3', transport, autoUpload: true, ...options })
  const plugin = uppy.getPlugin('S3DirectUpload') as S3DirectUpload<Meta, Body>
  const add = (...files: (File | AddableFile)[]) =>
    plugin.addFiles(files.map((file) => ('file' in file ? file : { file })))
  const complete = (count: number) =>
    vi.waitFor(() => {
      expect(plugin.uploads.summary.counts.complete).toBe(count)
      expect(plugin.uploads.ids).toHaveLength(count)
    })
  return { uppy, plugin, endpoint, add, complete }
}

const photo = (
  content: string | BlobPart[],
  options: FilePropertyBag = {},
  name = 'IMG_0001.JPG',
) =>
  new File(Array.isArray(content) ? content : [content], name, {
    type: 'image/jpeg',
    lastModified: 1_700_000_000_000,
    ...options,
  })

const namesAndPaths = ({ plugin }: ReturnType<typeof setUp>) =>
  plugin.uploads.ids.map((id) => {
    const { name, relativePath } = plugin.uploads.get(id) ?? {}
    return relativePath ?? name
  })

describe('a file that is like another', () => {
  it('is uploaded when it came from another folder of the camera', async () => {
    const test = setUp()

    test.add({ file: photo('one'), relativePath: '100/IMG_0001.JPG' })
    test.add({ file: photo('one'), relativePath: '101/IMG_0001.JPG' })
    await test.complete(2)

    expect(namesAndPaths(test)).toEqual(['100/IMG_0001.JPG', '101/IMG_0001.JPG'])
    expect(test.plugin.uploads.rejected).toEqual([])
  })

  it('is uploaded when name, size and date agree and the bytes do not', async () => {
    const test = setUp()

    test.add(photo('one'))
    await test.complete(1)
    test.add(photo('two'))
    await test.complete(2)

    expect(test.plugin.uploads.rejected).toEqual([])
  })

  it.each([
    ['its name has other capitals', photo('one', {}, 'Readme.MD'), photo('one', {}, 'README.md')],
    ['its date is another', photo('one'), photo('one', { lastModified: 5 })],
  ])('is uploaded, bytes or not, when %s', async (_, first, second) => {
    const test = setUp()

    test.add(first, second)
    await test.complete(2)

    expect(test.endpoint.sent).toHaveLength(2)
  })

  it('is uploaded when one of the two cannot be read', async () => {
    const test = setUp()
    const first = photo('one')
    test.add(first)
    await test.complete(1)
    vi.spyOn(first, 'slice').mockImplementation(() => {
      throw new DOMException('gone', 'NotReadableError')
    })

    test.add(photo('one'))

    await test.complete(2)
  })
})

describe('a file that is in the list already, byte for byte', () => {
  it.each([
    ['before the code has come', false],
    ['later', true],
  ])('is set aside, and added when the user wants it: %s', async (_, isLoaded) => {
    const test = setUp()
    if (isLoaded) await test.plugin.prepare()

    test.add(photo('one'))
    test.add(photo('one'), photo('two', {}, 'other.jpg'))
    await test.complete(2)

    expect(namesAndPaths(test)).toEqual(['IMG_0001.JPG', 'other.jpg'])
    const { rejected } = test.plugin.uploads
    expect(rejected).toMatchObject([
      { reason: 'duplicate', canAddAnyway: true, names: ['IMG_0001.JPG'], count: 1 },
    ])
    test.plugin.addAnyway(rejected[0]!.id)
    await test.complete(3)
    expect(test.plugin.uploads.rejected).toEqual([])
  })

  it('is found whatever its size is, up to the last byte', async () => {
    const test = setUp()
    const large = (last: string) => photo([new Uint8Array(2 ** 20 + 5), last])

    test.add(large('a'))
    await test.complete(1)
    test.add(large('b'), large('a'))
    await test.complete(2)

    await vi.waitFor(() => expect(test.plugin.uploads.rejected).toHaveLength(1))
  })

  it('is kept without a comparison over 256 MiB', async () => {
    const test = setUp({ autoUpload: false })
    const large = () => Object.defineProperty(photo('one'), 'size', { value: 2 ** 28 + 1 })

    test.add(large())
    test.add(large())

    await vi.waitFor(() => expect(test.plugin.uploads.ids).toHaveLength(2))
  })

  it('is not asked about with `duplicates: allow`', async () => {
    const test = setUp({ duplicates: 'allow' })

    test.add(photo('one'))
    test.add(photo('one'))

    await test.complete(2)
  })

  it('is added when the first one was removed while they were compared', async () => {
    const test = setUp({ autoUpload: false })
    await test.plugin.prepare()
    test.add(photo('one'))
    const [first = ''] = test.plugin.uploads.ids

    test.add(photo('one'))
    test.plugin.remove(first)

    await vi.waitFor(() => expect(test.plugin.uploads.ids).toHaveLength(1))
    expect(test.plugin.uploads.ids).not.toContain(first)
    expect(test.plugin.uploads.rejected).toEqual([])
  })

  it('is forgotten when all is cancelled while they are compared', async () => {
    const test = setUp({ autoUpload: false })
    await test.plugin.prepare()
    test.add(photo('one'))
    test.add(photo('one'))

    test.uppy.cancelAll()
    await new Promise((resolve) => setTimeout(resolve, 50))

    expect(test.plugin.uploads.ids).toEqual([])
    expect(test.plugin.uploads.rejected).toEqual([])
  })

  it('is not kept once its entry is dismissed', async () => {
    const test = setUp()
    test.add(photo('one'))
    test.add(photo('one'))
    await vi.waitFor(() => expect(test.plugin.uploads.rejected).toHaveLength(1))
    const id = test.plugin.uploads.rejected[0]?.id ?? 0

    test.plugin.dismissRejected()
    test.plugin.addAnyway(id)

    await test.complete(1)
  })

  it('takes the place of a failed one instead', async () => {
    const test = setUp()
    test.endpoint.onSend = async () => ({ status: 403, body: '' })
    test.add(photo('one'))
    await vi.waitFor(() => expect(test.plugin.uploads.summary.counts.failed).toBe(1))
    test.endpoint.onSend = async (_, store) => {
      store()
      return { status: 201, body: '' }
    }

    test.add(photo('one'))

    await test.complete(1)
  })
})
