import Uppy, { type Body, type Meta } from '@uppy/core'
import { describe, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { S3DirectUpload } from '../../../src/uppy/index.js'
import { fetchOf, scriptEndpoint } from '../../support/scripted-endpoint.js'
import { gatherUncaught } from '../../support/uncaught-errors.js'

type UppyOptions = ConstructorParameters<typeof Uppy<Meta, Body>>[0]

const silent = { debug() {}, warn() {}, error() {} }

async function setUp(uppyOptions: UppyOptions = {}) {
  return await setUpOn(new Uppy<Meta, Body>({ logger: silent, ...uppyOptions }))
}

async function setUpOn(uppy: Uppy<Meta, Body>) {
  const endpoint = scriptEndpoint()
  vi.stubGlobal('fetch', fetchOf(endpoint))
  const { transport } = endpoint
  uppy.use(S3DirectUpload, { endpoint: '/api/s3', transport, autoUpload: true })
  const plugin = uppy.getPlugin('S3DirectUpload') as S3DirectUpload<Meta, Body>
  await plugin.prepare()
  return { uppy, plugin }
}

const files = (count: number, type = 'text/plain') =>
  Array.from({ length: count }, (_, index) => ({
    file: new File(['hello'], `${index}.txt`, { type }),
  }))

const wait = (ms: number) => {
  const end = performance.now() + ms
  while (performance.now() < end);
  return 0
}

/** As an app adds files to its Uppy. */
const addAtOnce = ({ uppy }: Awaited<ReturnType<typeof setUp>>, count: number) =>
  uppy.addFiles(
    files(count).map(({ file }) => ({ name: file.name, type: file.type, data: file, meta: {} })),
  )

const complete = ({ plugin }: Awaited<ReturnType<typeof setUp>>, count: number) =>
  vi.waitFor(() => expect(plugin.uploads.summary.counts.complete).toBe(count), { timeout: 10_000 })

describe('a selection of many files', () => {
  it('is added for ten milliseconds in one task, but twenty files at least', async () => {
    const { plugin } = await setUp()
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 10
      return now
    })

    plugin.addFiles(files(250))

    expect(plugin.uploads.ids).toHaveLength(20)
    vi.restoreAllMocks()
  })

  it('is added without any timer, which would stand still in a hidden page', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] })
    const { plugin, uppy } = await setUp({ autoProceed: true })
    plugin.setOptions({ autoUpload: false })
    const begun: number[] = []
    uppy.on('upload', () => begun.push(uppy.getFiles().length))

    plugin.addFiles(files(600))
    for (let task = 0; begun.at(-1) !== 600 && task < 10_000; task += 1) {
      await new Promise<void>((resolve) => setImmediate(resolve))
    }

    expect(plugin.uploads.ids).toHaveLength(600)
    expect(begun.at(-1)).toBe(600)
    vi.useRealTimers()
  })

  it('is under way before all of it is added, and is uploaded as a whole', async () => {
    const test = await setUp()
    const added: number[] = []
    test.uppy.on('upload', () => added.push(test.uppy.getFiles().length))
    const slow = Object.defineProperty(new File([''], 'slow.txt'), 'size', { get: () => wait(15) })

    test.plugin.addFiles([...files(19), { file: slow }, ...files(319).slice(19)])
    await complete(test, 320)

    expect(added[0]).toBe(20)
    expect(added.at(-1)).toBe(320)
  })

  it('is taken in the order of adding, a second one behind the first', async () => {
    const test = await setUp()

    test.plugin.addFiles(files(150))
    test.plugin.addFiles([{ file: new File(['hello'], 'last.txt', { type: 'text/plain' }) }])
    await complete(test, 151)

    const names = test.plugin.uploads.ids.map((id) => test.plugin.uploads.get(id)?.name)
    expect(names.slice(-2)).toEqual(['149.txt', 'last.txt'])
  })

  it('is taken up to the number of files that Uppy allows, over all tasks', async () => {
    const test = await setUp({ restrictions: { maxNumberOfFiles: 200 } })

    test.plugin.addFiles(files(190))
    test.plugin.addFiles(files(15))
    await complete(test, 200)

    expect(test.plugin.uploads.ids).toHaveLength(200)
    expect(test.plugin.uploads.rejected).toMatchObject([
      {
        reason: 'too-many-files',
        words: 'You can only upload 200 files',
        names: ['10.txt', '11.txt', '12.txt', '13.txt', '14.txt'],
        count: 5,
      },
    ])
  })

  it('of files that are all rejected is one notification, and starts nothing', async () => {
    const { uppy, plugin } = await setUp({ restrictions: { allowedFileTypes: ['image/*'] } })
    const lists: number[] = []
    const uploads = vi.fn()
    plugin.uploads.subscribe(() => lists.push(plugin.uploads.rejected[0]?.count ?? 0))
    uppy.on('upload', uploads)

    plugin.addFiles(files(2000))
    await vi.waitFor(() => expect(lists).toEqual([2000]), { timeout: 10_000 })
    await systemRuntime.nextTask()

    expect(plugin.uploads.rejected).toMatchObject([
      { reason: 'file-type-not-accepted', count: 2000 },
    ])
    expect(uploads).not.toHaveBeenCalled()
  })

  it('copies the files of Uppy once a task, not once a file', async () => {
    const { uppy, plugin } = await setUp()
    plugin.setOptions({ autoUpload: false })
    plugin.addFiles(files(300))
    await vi.waitFor(() => expect(uppy.getFiles()).toHaveLength(300))
    let copies = 0
    const counted = new Proxy(uppy.getState().files, {
      ownKeys: (target) => {
        copies += 1
        return Reflect.ownKeys(target)
      },
    })
    uppy.setState({ files: counted })

    plugin.addFiles(files(20))

    expect(copies).toBeLessThan(10)
  })

  it('goes on when Uppy throws at a part of it', async () => {
    const uncaught = gatherUncaught()
    const test = await setUp({
      onBeforeFileAdded: ({ name }) => {
        if (name === '120.txt') throw new Error('A hook of the app fails.')
        return true
      },
    })

    test.plugin.addFiles(files(300))
    await complete(test, 299)

    expect(test.plugin.uploads.rejected).toEqual([
      { id: 1, reason: 'other', names: ['120.txt'], count: 1 },
    ])
    expect(uncaught).toEqual([new Error('A hook of the app fails.')])
  })

  it('starts what was added when Uppy throws at the end of it', async () => {
    gatherUncaught()
    const test = await setUp({
      onBeforeFileAdded: ({ name }) => {
        if (name === '249.txt') throw new Error('A hook of the app fails.')
        return true
      },
    })

    test.plugin.addFiles(files(250))

    await complete(test, 249)
  })

  it('has a file removed that had no turn yet', async () => {
    const test = await setUp()
    test.uppy.on('upload', () => queueMicrotask(() => test.uppy.removeFile(last)))
    addAtOnce(test, 300)
    const last = test.plugin.uploads.ids[299] ?? ''

    await complete(test, 299)

    expect(test.plugin.uploads.ids).not.toContain(last)
    await vi.waitFor(() => expect(test.uppy.getState().currentUploads).toEqual({}))
  })

  it('has a file paused that had no turn yet', async () => {
    const test = await setUp()
    test.uppy.on('upload', () => queueMicrotask(() => test.uppy.pauseResume(last)))
    addAtOnce(test, 300)
    const last = test.plugin.uploads.ids[299] ?? ''

    await complete(test, 299)

    expect(test.plugin.uploads.get(last)?.status).toBe('paused')
  })

  it('is forgotten with all others when all is cancelled', async () => {
    const { uppy, plugin } = await setUp()
    plugin.addFiles(files(600))

    uppy.cancelAll()
    await new Promise((resolve) => setTimeout(resolve, 20))

    expect(uppy.getFiles()).toEqual([])
  })

  it('is forgotten when the plugin is removed, and another one is taken by the next', async () => {
    const { uppy, plugin } = await setUp()
    plugin.addFiles(files(600))
    const added = uppy.getFiles().length

    uppy.removePlugin(plugin)
    await new Promise((resolve) => setTimeout(resolve, 20))

    expect(uppy.getFiles()).toHaveLength(added)
  })

  it('goes on behind a cancelled one', async () => {
    const test = await setUp()
    test.plugin.addFiles(files(600))

    test.uppy.cancelAll()
    test.plugin.addFiles(files(30))

    await complete(test, 30)
    expect(test.plugin.uploads.ids).toHaveLength(30)
  })

  it('is added once in each task behind one that was cancelled just before', async () => {
    const { plugin, uppy } = await setUp()
    plugin.setOptions({ autoUpload: false })
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 10
      return now
    })
    plugin.addFiles(files(600))

    uppy.cancelAll()
    plugin.addFiles(files(600))
    await systemRuntime.nextTask()
    await systemRuntime.nextTask()

    // The first twenty, and twenty in each task.
    expect(uppy.getFiles()).toHaveLength(60)
    vi.restoreAllMocks()
  })

  it('is its own list: the app may empty the one it gave', async () => {
    const test = await setUp()
    const chosen = files(300)

    test.plugin.addFiles(chosen)
    chosen.length = 0

    await complete(test, 300)
  })
})

describe('a selection', () => {
  const restrictions = { allowedFileTypes: ['text/plain'] }
  const fail = () => {
    throw new Error('A listener of the app fails.')
  }

  it.each([
    'restriction-failed',
    'info-visible',
    'file-added',
    'files-added',
    'state-update',
  ] as const)(
    'is taken whole, and the next too, when a listener of %s throws that is asked first',
    async (event) => {
      const uncaught = gatherUncaught()
      const uppy = new Uppy<Meta, Body>({ restrictions, logger: silent })
      let isFailing = false
      uppy.on(event, () => isFailing && fail())
      const test = await setUpOn(uppy)
      isFailing = true

      test.plugin.addFiles([...files(3), ...files(2, 'image/png'), ...files(25)])
      test.plugin.addFiles(files(2))
      await vi.waitFor(() => expect(test.plugin.uploads.ids).toHaveLength(30))
      isFailing = false

      expect(test.plugin.uploads.rejected).toMatchObject([{ count: 2 }])
      await vi.waitFor(() => expect(uncaught).not.toHaveLength(0))
    },
  )

  it('is not added when the app cancels all while it is looked at', async () => {
    const { uppy, plugin } = await setUp({
      onBeforeFileAdded: ({ name }) => {
        if (name === '5.txt') uppy.cancelAll()
        return true
      },
    })

    plugin.addFiles(files(100))
    await systemRuntime.nextTask()
    await systemRuntime.nextTask()

    expect(uppy.getFiles()).toEqual([])
    expect(plugin.uploads.ids).toEqual([])
  })

  it('that the app begins when it cancels another is added alone', async () => {
    let isFirst = true
    const test = await setUp({
      onBeforeFileAdded: ({ name }) => {
        if (!isFirst || name !== '5.txt') return true
        isFirst = false
        test.uppy.cancelAll()
        test.plugin.addFiles(files(40))
        return true
      },
    })

    test.plugin.addFiles(files(100))
    await complete(test, 40)

    expect(test.uppy.getFiles()).toHaveLength(40)
  })

  it('is not listed when the app cancels all on one of its files', async () => {
    const { uppy, plugin } = await setUp()
    uppy.on('file-added', ({ name }) => name === '5.txt' && uppy.cancelAll())

    plugin.addFiles(files(100))
    await systemRuntime.nextTask()

    expect(uppy.getFiles()).toEqual([])
    expect(plugin.uploads.ids).toEqual([])
  })

  it.each(['plugin', 'app'])(
    'of the %s lists no file that the app removes on its event',
    async (by) => {
      const test = await setUp()
      test.plugin.setOptions({ autoUpload: false })
      test.uppy.on('file-added', ({ id, name }) => name === '1.txt' && test.uppy.removeFile(id))

      if (by === 'app') addAtOnce(test, 3)
      else test.plugin.addFiles(files(3))

      const names = test.plugin.uploads.ids.map((id) => test.plugin.uploads.get(id)?.name)
      expect(names).toEqual(['0.txt', '2.txt'])
    },
  )
})
