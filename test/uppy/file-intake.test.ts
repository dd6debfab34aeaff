import Uppy, { type Body, type Meta } from '@uppy/core'
import { describe, expect, it, vi } from 'vitest'
import { S3DirectUpload } from '../../src/uppy/index.js'
import { fetchOf, scriptEndpoint } from '../support/scripted-endpoint.js'

type UppyOptions = ConstructorParameters<typeof Uppy<Meta, Body>>[0]

function setUp(uppyOptions: UppyOptions = {}) {
  const endpoint = scriptEndpoint()
  vi.stubGlobal('fetch', fetchOf(endpoint))
  const uppy = new Uppy<Meta, Body>({
    logger: { debug() {}, warn() {}, error() {} },
    ...uppyOptions,
  })
  const { transport } = endpoint
  uppy.use(S3DirectUpload, { endpoint: '/api/s3', transport, autoUpload: true })
  const plugin = uppy.getPlugin('S3DirectUpload') as S3DirectUpload<Meta, Body>
  return { uppy, plugin }
}

const files = (count: number, type = 'text/plain') =>
  Array.from({ length: count }, (_, index) => ({
    file: new File(['hello'], `${index}.txt`, { type }),
  }))

const complete = ({ plugin }: ReturnType<typeof setUp>, count: number) =>
  vi.waitFor(() => expect(plugin.uploads.summary.counts.complete).toBe(count), { timeout: 10_000 })

describe('a selection of many files', () => {
  it('is added twenty files at a time', () => {
    const { plugin } = setUp()

    plugin.addFiles(files(250))

    expect(plugin.uploads.ids).toHaveLength(20)
  })

  it('is under way before all of it is added, and is uploaded as a whole', async () => {
    const test = setUp()
    const added: number[] = []
    test.uppy.on('upload', () => added.push(test.uppy.getFiles().length))

    test.plugin.addFiles(files(350))
    await complete(test, 350)

    expect(added).toEqual([20, 100, 350])
  })

  it('is taken in the order of adding, a second one behind the first', async () => {
    const test = setUp()

    test.plugin.addFiles(files(150))
    test.plugin.addFiles([{ file: new File(['hello'], 'last.txt', { type: 'text/plain' }) }])
    await complete(test, 151)

    const names = test.plugin.uploads.ids.map((id) => test.plugin.uploads.get(id)?.name)
    expect(names.slice(-2)).toEqual(['149.txt', 'last.txt'])
  })

  it('is refused as a whole where Uppy limits the number of files', () => {
    const { plugin } = setUp({ restrictions: { maxNumberOfFiles: 200 } })

    plugin.addFiles(files(201))

    expect(plugin.uploads.ids).toEqual([])
    expect(plugin.uploads.rejected).toMatchObject([{ message: 'You can only upload 200 files' }])
  })

  it('goes on when Uppy throws at a part of it', async () => {
    const test = setUp({
      onBeforeFileAdded: ({ name }) => {
        if (name === '120.txt') throw new Error('A hook of the app fails.')
        return true
      },
    })

    test.plugin.addFiles(files(300))
    await complete(test, 280)

    expect(test.plugin.uploads.rejected).toMatchObject([
      { message: expect.stringContaining('A hook of the app fails.') },
    ])
  })

  it('starts what was added when Uppy throws at the end of it', async () => {
    const test = setUp({
      onBeforeFileAdded: ({ name }) => {
        if (name === '249.txt') throw new Error('A hook of the app fails.')
        return true
      },
    })

    test.plugin.addFiles(files(250))

    await complete(test, 240)
  })

  it('has a file removed that had no turn yet', async () => {
    const test = setUp({ restrictions: { maxNumberOfFiles: 1000 } })
    test.uppy.on('upload', () => queueMicrotask(() => test.uppy.removeFile(last)))
    test.plugin.addFiles(files(500))
    const last = test.plugin.uploads.ids[499] ?? ''

    await complete(test, 499)

    expect(test.plugin.uploads.ids).not.toContain(last)
    await vi.waitFor(() => expect(test.uppy.getState().currentUploads).toEqual({}))
  })

  it('has a file paused that had no turn yet', async () => {
    const test = setUp({ restrictions: { maxNumberOfFiles: 1000 } })
    test.uppy.on('upload', () => queueMicrotask(() => test.uppy.pauseResume(last)))
    test.plugin.addFiles(files(500))
    const last = test.plugin.uploads.ids[499] ?? ''

    await complete(test, 499)

    expect(test.plugin.uploads.get(last)?.status).toBe('paused')
  })

  it('is forgotten with all others when all is cancelled', async () => {
    const { uppy, plugin } = setUp()
    plugin.addFiles(files(250))

    uppy.cancelAll()
    await new Promise((resolve) => setTimeout(resolve, 20))

    expect(uppy.getFiles()).toEqual([])
  })
})
