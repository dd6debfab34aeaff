import Uppy, { type Body, type Meta } from '@uppy/core'
import { describe, expect, it, vi } from 'vitest'
import { FileError, NetworkError } from '../../../src/upload/errors/upload-error.js'
import type { UploadStore } from '../../../src/upload/store/upload-store.js'
import { S3DirectUpload } from '../../../src/uppy/index.js'
import { fetchOf, scriptEndpoint } from '../../support/scripted-endpoint.js'

const unreadable = new FileError('It was changed.', { code: 'file-unreadable' })
const broken = new NetworkError('The line broke.', { code: 'network' })

async function setUp(restrictions = {}) {
  const endpoint = scriptEndpoint()
  vi.stubGlobal('fetch', fetchOf(endpoint))
  const uppy = new Uppy<Meta, Body>({ logger: { debug() {}, warn() {}, error() {} }, restrictions })
  uppy.use(S3DirectUpload, { endpoint: '/api/s3', transport: endpoint.transport })
  const plugin = uppy.getPlugin('S3DirectUpload') as S3DirectUpload<Meta, Body>
  await plugin.prepare()
  const add = (...files: File[]) => plugin.addFiles(files.map((file) => ({ file })))
  const fail = (index: number, error: FileError | NetworkError) => {
    const file = uppy.getFiles()[index]
    ;(plugin.uploads as UploadStore).setState(file!.id, { status: 'failed', error })
    uppy.emit('upload-error', file, error)
  }
  const rows = () =>
    plugin.uploads.ids.map((id) => {
      const record = plugin.uploads.get(id)
      return [record?.name, record?.size, record?.status]
    })
  return { uppy, plugin, endpoint, add, fail, rows }
}

const file = (name: string, content = 'hello', lastModified = 1) =>
  new File([content], name, { type: 'text/plain', lastModified })

describe('a file chosen again', () => {
  it('takes the place of its failed row although it was changed, and is uploaded', async () => {
    const { uppy, endpoint, add, fail, rows } = await setUp()
    add(file('a.txt'), file('b.txt'), file('c.txt'))
    const ids = uppy.getFiles().map(({ id }) => id)
    fail(1, unreadable)

    add(file('b.txt', 'hello, changed', 2))

    expect(rows()).toEqual([
      ['a.txt', 5, 'ready'],
      ['b.txt', 14, 'ready'],
      ['c.txt', 5, 'ready'],
    ])
    expect(uppy.getFiles().map(({ id }) => id)).toEqual(ids)
    await uppy.upload()
    expect(endpoint.sent).toHaveLength(3)
    expect(rows().map(([, , status]) => status)).toEqual(['complete', 'complete', 'complete'])
  })

  it('takes the place of a row that failed for another reason, if it is the same file', async () => {
    const { add, fail, rows } = await setUp()
    add(file('a.txt'))
    fail(0, broken)

    add(file('a.txt'))

    expect(rows()).toEqual([['a.txt', 5, 'ready']])
  })

  it.each([
    ['another date', file('a.txt', 'other', 2)],
    ['another size', file('a.txt', 'another')],
    ['another name', file('b.txt')],
  ])('is another file when it has %s and nobody has asked for it', async (_, other) => {
    const { add, fail, rows } = await setUp()
    add(file('a.txt'))
    fail(0, broken)

    add(other)

    expect(rows()).toHaveLength(2)
  })

  it('of another folder is another file', async () => {
    const { plugin, add, fail, rows } = await setUp()
    add(file('a.txt'))
    fail(0, unreadable)

    plugin.addFiles([{ file: file('a.txt'), relativePath: 'folder/a.txt' }])

    expect(rows()).toHaveLength(2)
  })

  it('takes the place of one failed row only', async () => {
    const { add, fail, rows } = await setUp()
    add(file('a.txt'), file('a.txt'))
    fail(0, unreadable)
    fail(1, unreadable)

    add(file('a.txt'))

    expect(rows().map(([, , status]) => status)).toEqual(['ready', 'failed'])
  })

  it('fits where failed rows have used up the number of files', async () => {
    const { plugin, add, fail, rows } = await setUp({ maxNumberOfFiles: 2 })
    add(file('a.txt'), file('b.txt'))
    fail(0, unreadable)
    fail(1, unreadable)

    add(file('b.txt'), file('a.txt'))

    expect(rows()).toEqual([
      ['a.txt', 5, 'ready'],
      ['b.txt', 5, 'ready'],
    ])
    expect(plugin.uploads.rejected).toEqual([])
  })

  it('leaves the failed row when it is too large now', async () => {
    const { plugin, add, fail, rows } = await setUp({ maxFileSize: 5 })
    add(file('a.txt'))
    fail(0, unreadable)

    add(file('a.txt', 'too large'))

    expect(rows()).toEqual([['a.txt', 5, 'failed']])
    expect(plugin.uploads.rejected).toMatchObject([{ reason: 'file-too-large' }])
  })
})
