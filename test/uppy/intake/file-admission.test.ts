import Uppy, { type Body, type Meta, RestrictionError, type UppyFile } from '@uppy/core'
import { describe, expect, it, vi } from 'vitest'
import { S3DirectUpload } from '../../../src/uppy/index.js'
import { descriptorOf } from '../../../src/uppy/intake/addable-file.js'
import { fetchOf, scriptEndpoint } from '../../support/scripted-endpoint.js'
import { gatherUncaught } from '../../support/uncaught-errors.js'

type UppyOptions = ConstructorParameters<typeof Uppy<Meta, Body>>[0]

async function setUp(uppyOptions: UppyOptions = {}) {
  const endpoint = scriptEndpoint()
  vi.stubGlobal('fetch', fetchOf(endpoint))
  const uppy = new Uppy<Meta, Body>({
    logger: { debug() {}, warn() {}, error() {} },
    meta: { album: 'trip' },
    ...uppyOptions,
  })
  uppy.use(S3DirectUpload, { endpoint: '/api/s3', transport: endpoint.transport })
  const plugin = uppy.getPlugin('S3DirectUpload') as S3DirectUpload<Meta, Body>
  await plugin.prepare()
  const add = (...files: File[]) => plugin.addFiles(files.map((file) => ({ file })))
  const contents = () => Promise.all(uppy.getFiles().map(({ data }) => (data as File).text()))
  return { uppy, plugin, endpoint, add, contents }
}

const dated = (name: string, content: string, options: FilePropertyBag = {}) =>
  new File([content], name, { type: 'text/plain', lastModified: 1, ...options })

/** Everything that an app can see of an added file. */
function seenBy(uppy: Uppy<Meta, Body>, add: () => void) {
  const events: unknown[] = []
  // Each has its own, which Uppy makes of facts that files share.
  const anyId = (file: object | undefined) => ({ ...file, id: undefined })
  uppy.on('file-added', (file) => events.push(['file-added', anyId(file)]))
  // Uppy also tells of none.
  uppy.on('files-added', (files) => files.length > 0 && events.push(files.map(anyId)))
  uppy.on('restriction-failed', (file, error) =>
    events.push(['restriction-failed', anyId(file), error.message, 'isRestriction' in error]),
  )
  add()
  return { events, files: uppy.getFiles().map(anyId), info: uppy.getState().info.length }
}

describe('a file that the plugin adds', () => {
  it.each([
    ['a text', new File(['x'], 'a.txt', { type: 'text/plain', lastModified: 1 }), undefined],
    ['one of a folder', new File(['x'], 'A b.TXT', { lastModified: 1 }), 'folder/A b.TXT'],
    ['one without a type', new File(['x'], 'a.docx', { lastModified: 1 }), undefined],
    ['one of unknown type', new File(['x'], 'a.unknown', { lastModified: 1 }), undefined],
    ['a picture without a name', new File(['x'], '', { type: 'image/png', lastModified: 1 }), ''],
    ['an empty one', new File([], 'noextension', { lastModified: 1 }), undefined],
    ['a rejected one', new File(['more than 9'], 'large.txt', { lastModified: 1 }), undefined],
  ])(
    'is to Uppy and its listeners what Uppy itself would add: %s',
    async (_, file, relativePath) => {
      const [ours, its] = [await setUp(restricted), await setUp(restricted)]

      const seen = seenBy(ours.uppy, () => ours.plugin.addFiles([{ file, relativePath }]))

      const expected = seenBy(its.uppy, () =>
        its.uppy.addFiles([descriptorOf({ file, relativePath })]),
      )
      expect(seen).toEqual(expected)
    },
  )

  const restricted: UppyOptions = { restrictions: { maxFileSize: 9 } }

  it('goes through the hook of the app, which may change or refuse it', async () => {
    const { uppy, plugin, add } = await setUp({
      onBeforeFileAdded: (file) => {
        if (file.name === 'no.txt') return false
        return { ...file, meta: { ...file.meta, owner: 'ada' } } as UppyFile<Meta, Body>
      },
    })

    add(dated('yes.txt', 'yes'), dated('no.txt', 'no'))

    expect(uppy.getFiles()).toMatchObject([{ name: 'yes.txt', meta: { owner: 'ada' } }])
    expect(plugin.uploads.rejected).toEqual([
      { id: 1, reason: 'other', names: ['no.txt'], count: 1 },
    ])
  })

  it.each(['plugin', 'app'])(
    'and its hook refuses is listed without words, and told to developers by the event: %s',
    async (by) => {
      const { uppy, plugin, add } = await setUp({ onBeforeFileAdded: () => false })
      const told: string[] = []
      uppy.on('restriction-failed', (_, { message }) => told.push(message))
      const file = dated('no.txt', 'no')

      if (by === 'plugin') add(file)
      else expect(() => uppy.addFile({ name: 'no.txt', data: file })).toThrow('onBeforeFileAdded')

      await vi.waitFor(() =>
        expect(plugin.uploads.rejected).toEqual([
          { id: 1, reason: 'other', names: ['no.txt'], count: 1 },
        ]),
      )
      expect(told).toEqual(['Cannot add the file because onBeforeFileAdded returned false.'])
    },
  )

  it('is refused in the words of the hook that throws a restriction', async () => {
    const { uppy, plugin, add } = await setUp({
      restrictions: { maxNumberOfFiles: 9 },
      onBeforeFileAdded: () => {
        throw new RestrictionError('Only invoices, please')
      },
    })

    add(dated('a.txt', 'a'))

    expect(plugin.uploads.rejected).toMatchObject([
      { reason: 'other', words: 'Only invoices, please', names: ['a.txt'] },
    ])
    expect(uppy.getState().info).toMatchObject([{ message: 'Only invoices, please' }])
  })

  it('gives its bytes to a file that has lost them in a reload', async () => {
    const { uppy, add } = await setUp()
    add(dated('a.txt', 'hello'))
    const [file] = uppy.getFiles()
    const ghost = { ...file, isGhost: true, data: undefined, meta: { caption: 'kept' } }
    uppy.setState({ files: { [file!.id]: ghost as unknown as UppyFile<Meta, Body> } })

    add(dated('a.txt', 'hello'))

    expect(uppy.getFiles()).toMatchObject([{ isGhost: false, meta: { caption: 'kept' } }])
  })

  it('is rejected once no further upload is allowed', async () => {
    const { uppy, plugin, add } = await setUp()
    uppy.setState({ allowNewUpload: false })

    add(dated('a.txt', 'hello'))

    expect(plugin.uploads.rejected).toMatchObject([{ names: ['a.txt'], count: 1 }])
  })

  it('does not stop the others when a listener of the app throws', async () => {
    const uncaught = gatherUncaught()
    const { uppy, plugin, add } = await setUp()
    uppy.once('file-added', () => {
      throw new Error('A listener of the app fails.')
    })

    add(dated('a.txt', 'hello'))
    add(dated('b.txt', 'hello'))

    expect(uppy.getFiles()).toHaveLength(2)
    // It is added: nothing is rejected.
    expect(plugin.uploads.rejected).toEqual([])
    await vi.waitFor(() => expect(uncaught[0]).toEqual(new Error('A listener of the app fails.')))
  })
})

describe('different files of one name, size and date', () => {
  it('are different files, in one selection and in two', async () => {
    const { add, contents } = await setUp()

    add(dated('IMG_0001.JPG', 'AAAA'))
    add(dated('IMG_0001.JPG', 'BBBB'), dated('img_0001.jpg', 'CCCC'))

    await vi.waitFor(async () => expect(await contents()).toEqual(['AAAA', 'CCCC', 'BBBB']))
  })

  it('are all uploaded, each under an id of its own', async () => {
    const { uppy, endpoint, add } = await setUp()

    add(...Array.from({ length: 20 }, (_, index) => dated('IMG_0001.JPG', `IMG ${index + 10}`)))
    await vi.waitFor(() => expect(uppy.getFiles()).toHaveLength(20))
    await uppy.upload()

    expect(endpoint.sent).toHaveLength(20)
    expect(new Set(uppy.getFiles().map(({ id }) => id)).size).toBe(20)
  })

  it('have other ids than those that were removed', async () => {
    const { uppy, add } = await setUp()
    add(dated('a.txt', 'AAAA'))
    const [first] = uppy.getFiles()
    uppy.removeFile(first!.id)

    add(dated('a.txt', 'AAAA'))

    expect(uppy.getFiles()).toHaveLength(1)
    expect(uppy.getFiles()[0]?.id).not.toBe(first!.id)
  })

  it('stay a duplicate to Uppy where the app itself adds one twice', async () => {
    const { uppy, plugin } = await setUp()
    const descriptor = { name: 'a.txt', type: 'text/plain', data: dated('a.txt', 'AAAA') }
    uppy.addFile(descriptor)

    expect(() => uppy.addFile(descriptor)).toThrow('duplicate')
    expect(plugin.uploads.ids).toHaveLength(1)
  })
})

describe('where the total size is limited', () => {
  it('the first files that fit are taken', async () => {
    const { uppy, plugin, add } = await setUp({ restrictions: { maxTotalFileSize: 10 } })

    add(dated('a.txt', '12345678'), dated('b.txt', '12345'), dated('c.txt', '12'))

    expect(uppy.getFiles().map(({ name }) => name)).toEqual(['a.txt', 'c.txt'])
    expect(plugin.uploads.rejected).toMatchObject([
      { reason: 'total-too-large', names: ['b.txt'], words: expect.stringContaining('10 B') },
    ])
  })
})

describe('a selection that replaces', () => {
  const replace = (plugin: S3DirectUpload<Meta, Body>, ...files: File[]) =>
    plugin.addFiles(
      files.map((file) => ({ file })),
      { replace: true },
    )

  it('gives its first file the place of all others', async () => {
    const { uppy, plugin } = await setUp({ restrictions: { maxNumberOfFiles: 1 } })
    replace(plugin, dated('a.txt', 'AAAA'))

    replace(plugin, dated('b.txt', 'BBBB'), dated('c.txt', 'CCCC'))

    expect(uppy.getFiles().map(({ name }) => name)).toEqual(['b.txt'])
    expect(plugin.uploads.ids).toHaveLength(1)
    expect(plugin.uploads.rejected).toMatchObject([{ reason: 'too-many-files', names: ['c.txt'] }])
  })

  it('takes the first file that fits', async () => {
    const restrictions = { maxNumberOfFiles: 1, maxFileSize: 4 }
    const { uppy, plugin } = await setUp({ restrictions })

    replace(plugin, dated('large.txt', '12345'), dated('b.txt', 'BBBB'))

    expect(uppy.getFiles().map(({ name }) => name)).toEqual(['b.txt'])
  })

  it('leaves what there is when nothing of it fits', async () => {
    const restrictions = { maxNumberOfFiles: 1, maxFileSize: 4 }
    const { uppy, plugin } = await setUp({ restrictions })
    replace(plugin, dated('a.txt', 'AAAA'))

    replace(plugin, dated('large.txt', '12345'))

    expect(uppy.getFiles().map(({ name }) => name)).toEqual(['a.txt'])
    expect(plugin.uploads.rejected).toMatchObject([{ reason: 'file-too-large' }])
  })

  it('takes the same file once more', async () => {
    const { plugin, contents } = await setUp({ restrictions: { maxNumberOfFiles: 1 } })
    replace(plugin, dated('a.txt', 'AAAA'))

    replace(plugin, dated('a.txt', 'BBBB'))

    expect(await contents()).toEqual(['BBBB'])
    expect(plugin.uploads.ids).toHaveLength(1)
  })

  it.each(['file-removed', 'state-update', 'files-added'] as const)(
    'is added though a listener of %s throws, which is asked first',
    async (event) => {
      const uncaught = gatherUncaught()
      const { uppy, plugin } = await setUp({ restrictions: { maxNumberOfFiles: 1 } })
      replace(plugin, dated('a.txt', 'AAAA'))
      uppy.removePlugin(plugin)
      let isFailing = true
      uppy.on(event, () => {
        if (isFailing) throw new Error('A listener of the app fails.')
      })
      isFailing = false
      uppy.use(S3DirectUpload, { endpoint: '/api/s3' })
      const late = uppy.getPlugin('S3DirectUpload') as S3DirectUpload<Meta, Body>
      await late.prepare()
      isFailing = true

      replace(late, dated('b.txt', 'BBBB'))
      isFailing = false

      expect(uppy.getFiles().map(({ name }) => name)).toEqual(['b.txt'])
      expect(late.uploads.ids.map((id) => late.uploads.get(id)?.name)).toEqual(['b.txt'])
      await vi.waitFor(() => expect(uncaught).not.toHaveLength(0))
    },
  )

  it('is not added when the app cancels all as the old file leaves', async () => {
    const { uppy, plugin } = await setUp({ restrictions: { maxNumberOfFiles: 1 } })
    replace(plugin, dated('a.txt', 'AAAA'))
    uppy.once('file-removed', () => uppy.cancelAll())

    replace(plugin, dated('b.txt', 'BBBB'))

    expect(uppy.getFiles()).toEqual([])
    expect(plugin.uploads.ids).toEqual([])
  })
})
