import type { Body, Meta, UppyFile } from '@uppy/core'
import { describe, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../src/async/runtime.js'
import { VirtualClock } from '../support/virtual-clock.js'
import { setUpLate, textFile } from './late-set-up.js'

describe('a file chosen before the code is there', () => {
  it('has its row at once, and keeps it as the file of Uppy that is uploaded', async () => {
    const { code, endpoint, uppy, uploads, choose, arrive, whenComplete } = setUpLate()
    const receipts: unknown[] = []
    uppy.on('upload-success', (file, { body }) => receipts.push([file?.id, body?.receipt]))

    const [id = ''] = choose(textFile('a.txt'))
    expect(uploads.get(id)).toMatchObject({ name: 'a.txt', size: 5, status: 'waiting' })
    expect(uppy.getFiles()).toEqual([])
    await arrive()
    expect(uppy.getFiles()).toMatchObject([{ id, name: 'a.txt' }])
    await whenComplete(1)

    expect(uploads.ids).toEqual([id])
    expect(endpoint.sent).toHaveLength(1)
    expect(code.asked).toBe(1)
    expect(receipts).toEqual([[id, 'r-1:a.txt:5']])
  })

  it('is ready where the user starts uploads, and stays so', async () => {
    const { endpoint, statuses, choose, arrive } = setUpLate({ autoUpload: false })

    choose(textFile('a.txt'))
    expect(statuses()).toEqual(['ready'])
    await arrive()
    await systemRuntime.nextTask()

    expect(statuses()).toEqual(['ready'])
    expect(endpoint.sent).toEqual([])
  })

  it('is told to the server as Uppy knows it', async () => {
    const { endpoint, uppy, uploads, choose, arrive, whenComplete } = setUpLate({
      uppyOptions: { meta: { album: 'trip' } },
    })
    uppy.on('file-added', ({ id }) => uppy.setFileMeta(id, { caption: 'a letter' }))

    const [id = ''] = choose(textFile('a.md', { type: '' }))
    expect(uploads.get(id)).toMatchObject({ type: '' })
    await arrive()
    await whenComplete(1)

    const facts = { type: 'text/markdown', metadata: { album: 'trip', caption: 'a letter' } }
    expect(uploads.get(id)).toMatchObject(facts)
    expect(endpoint.signRequests).toMatchObject([[facts]])
  })

  it('is started once by all who start it', async () => {
    const { endpoint, uppy, plugin, choose, code } = setUpLate({ autoUpload: false })
    choose(textFile('a.txt'), textFile('b.txt'))

    const starts = [uppy.upload(), plugin.uploadNew(), uppy.upload()]
    code.arrive()
    await Promise.all(starts)

    expect(endpoint.sent).toHaveLength(2)
  })

  it('is uploaded with all others that `uppy.upload()` is called for at once', async () => {
    const { endpoint, uppy, statuses, choose, code, whenComplete } = setUpLate({
      autoUpload: false,
    })

    choose(...Array.from({ length: 300 }, (_, index) => textFile(`${index}.txt`)))
    const upload = uppy.upload()
    expect(new Set(statuses())).toEqual(new Set(['waiting']))
    code.arrive()
    await upload
    await whenComplete(300)

    expect(endpoint.sent).toHaveLength(300)
  })

  it('is uploaded once if it is chosen twice, and set aside the second time', async () => {
    const { uploads, endpoint, choose, arrive, whenComplete } = setUpLate()
    const file = textFile('a.txt')

    const [first] = choose(file)
    const [second] = choose(file)
    await arrive()
    await whenComplete(1)

    expect(uploads.get(first ?? '')?.status).toBe('complete')
    expect(uploads.get(second ?? '')).toBeUndefined()
    expect(uploads.rejected).toMatchObject([{ reason: 'duplicate', count: 1 }])
    expect(endpoint.sent).toHaveLength(1)
  })

  it('that the restrictions refuse loses its row, and is named', async () => {
    const { uppy, uploads, names, choose, arrive, whenComplete } = setUpLate({
      uppyOptions: { restrictions: { allowedFileTypes: ['text/plain'], maxNumberOfFiles: 2 } },
    })

    choose(
      textFile('a.png', { type: 'image/png' }),
      ...['1', '2', '3'].map((name) => textFile(name)),
    )
    expect(names()).toEqual(['a.png', '1', '2', '3'])
    await arrive()
    await whenComplete(2)

    expect(names()).toEqual(['1', '2'])
    expect(uppy.getFiles()).toHaveLength(2)
    expect(uploads.rejected).toMatchObject([
      { reason: 'file-type-not-accepted', names: ['a.png'] },
      { reason: 'too-many-files', names: ['3'] },
    ])
  })

  it('gives its bytes to a file that has lost them in a reload', async () => {
    const { endpoint, uppy, uploads, choose, arrive, whenComplete } = setUpLate()
    const file = textFile('a.txt')
    const id = ghostOf(uppy, file)
    uppy.emit('restored', undefined as never)
    expect(uploads.ids).toEqual([id])

    choose(file)
    await arrive()
    await whenComplete(1)

    expect(uploads.ids).toEqual([id])
    expect(uppy.getFiles()).toMatchObject([{ id, isGhost: false, meta: { caption: 'kept' } }])
    expect(endpoint.sent).toHaveLength(1)
  })
})

/** Puts a file without its bytes into Uppy, as Golden Retriever does, and gives its id. */
function ghostOf(uppy: ReturnType<typeof setUpLate>['uppy'], file: File): string {
  const id = uppy.addFile({ name: file.name, type: file.type, data: file, meta: {} })
  const ghost = { ...uppy.getFile(id), isGhost: true, data: undefined, meta: { caption: 'kept' } }
  // Uppy's types know no file without bytes.
  uppy.setState({ files: { [id]: ghost as unknown as UppyFile<Meta, Body> } })
  return id
}

describe('while the code is on its way', () => {
  it('a removed file never gets to Uppy', async () => {
    const { endpoint, uppy, plugin, choose, names, arrive, whenComplete } = setUpLate()
    const added: string[] = []
    uppy.on('file-added', ({ name }) => added.push(name))
    const [a = ''] = choose(textFile('a.txt'), textFile('b.txt'))

    plugin.remove(a)
    expect(names()).toEqual(['b.txt'])
    await arrive()
    await whenComplete(1)

    expect(added).toEqual(['b.txt'])
    expect(endpoint.sent).toHaveLength(1)
  })

  it('a paused file stays paused until it is resumed', async () => {
    const { endpoint, uppy, plugin, statuses, choose, arrive, whenComplete } = setUpLate()
    const [a = ''] = choose(textFile('a.txt'), textFile('b.txt'))

    plugin.setPaused(a, true)
    expect(statuses()).toEqual(['paused', 'waiting'])
    await arrive()
    await whenComplete(1)
    expect(statuses()).toEqual(['paused', 'complete'])
    expect(uppy.getFile(a).isPaused).toBe(true)
    plugin.setPaused(a, false)
    await whenComplete(2)

    expect(endpoint.sent).toHaveLength(2)
  })

  it('a file that is paused and resumed is uploaded', async () => {
    const { plugin, statuses, choose, arrive, whenComplete } = setUpLate()
    const [a = ''] = choose(textFile('a.txt'))

    plugin.setPaused(a, true)
    plugin.setPaused(a, false)
    expect(statuses()).toEqual(['waiting'])
    await arrive()

    await whenComplete(1)
  })

  it('all are paused and resumed', async () => {
    const { uppy, statuses, choose, arrive, whenComplete } = setUpLate()
    choose(textFile('a.txt'), textFile('b.txt'))

    uppy.pauseAll()
    expect(statuses()).toEqual(['paused', 'paused'])
    uppy.resumeAll()
    expect(statuses()).toEqual(['waiting', 'waiting'])
    uppy.pauseAll()
    await arrive()
    await systemRuntime.nextTask()
    expect(statuses()).toEqual(['paused', 'paused'])
    uppy.resumeAll()

    await whenComplete(2)
  })

  it('all are cancelled', async () => {
    const { endpoint, uppy, uploads, choose, arrive } = setUpLate()
    choose(textFile('a.txt'), textFile('b.txt'))

    uppy.cancelAll()
    expect(uploads.ids).toEqual([])
    await arrive()
    await systemRuntime.nextTask()

    expect(uppy.getFiles()).toEqual([])
    expect(uploads.ids).toEqual([])
    expect(endpoint.sent).toEqual([])
  })

  it('a choice that replaces takes the place of the one before', async () => {
    const { uppy, plugin, names, arrive, whenComplete } = setUpLate({
      uppyOptions: { restrictions: { maxNumberOfFiles: 1 } },
    })
    uppy.addFile({ name: 'known.txt', data: textFile('known.txt') })

    for (const name of ['a.txt', 'b.txt']) {
      plugin.addFiles([{ file: textFile(name) }], { replace: true })
    }
    await arrive()
    await whenComplete(1)

    expect(names()).toEqual(['b.txt'])
    expect(uppy.getFiles()).toMatchObject([{ name: 'b.txt' }])
  })

  it('of a large selection the first have their rows at once, and all are uploaded', async () => {
    const { uppy, plugin, arrive, whenComplete } = setUpLate()
    plugin.addFiles(Array.from({ length: 250 }, (_, index) => ({ file: textFile(`${index}.txt`) })))
    expect(plugin.uploads.ids).toHaveLength(200)

    await arrive()
    await whenComplete(250)

    expect(uppy.getFiles()).toHaveLength(250)
  })

  it('a choice that replaces leaves the one before when it does not fit itself', async () => {
    const { uppy, plugin, arrive, whenComplete } = setUpLate({
      uppyOptions: { restrictions: { maxNumberOfFiles: 1, allowedFileTypes: ['.txt'] } },
    })
    for (const name of ['a.txt', 'b.exe']) {
      plugin.addFiles([{ file: textFile(name) }], { replace: true })
    }

    await arrive()
    await whenComplete(1)

    expect(uppy.getFiles()).toMatchObject([{ name: 'a.txt' }])
    expect(plugin.uploads.rejected).toMatchObject([{ names: ['b.exe'] }])
  })

  it('a file that the app adds to Uppy is uploaded by `uppy.upload()`', async () => {
    const { endpoint, uppy, statuses, code } = setUpLate({ autoUpload: false })
    const started = vi.fn()
    uppy.on('upload-start', started)
    const id = uppy.addFile({ name: 'a.txt', data: textFile('a.txt') })

    const upload = uppy.upload()
    await vi.waitFor(() => expect(statuses()).toEqual(['waiting']))
    code.arrive()

    expect(await upload).toMatchObject({ successful: [{ id }], failed: [] })
    expect(endpoint.sent).toHaveLength(1)
    expect(started).toHaveBeenCalledTimes(1)
  })

  it('a file that Uppy refuses is named when it has come', async () => {
    const { uppy, uploads, arrive } = setUpLate({
      uppyOptions: { restrictions: { maxFileSize: 3 } },
    })

    expect(() => uppy.addFile({ name: 'large.txt', data: textFile('large.txt') })).toThrow()
    await arrive()

    expect(uploads.rejected).toMatchObject([{ reason: 'file-too-large', names: ['large.txt'] }])
  })

  it('options that are read once stay those of the installation', async () => {
    const { endpoint, plugin, choose, arrive } = setUpLate({ concurrency: 1 })
    endpoint.onSend = () => new Promise(() => {})
    choose(textFile('a.txt'), textFile('b.txt'), textFile('c.txt'))

    plugin.setOptions({ concurrency: 3 })
    await arrive()
    await vi.waitFor(() => expect(endpoint.sent).toHaveLength(1))
    await systemRuntime.nextTask()

    expect(endpoint.sent).toHaveLength(1)
  })
})

describe('the plugin that is removed while its code is on its way', () => {
  it('does nothing when it comes, and another one works', async () => {
    const { code, endpoint, uppy, plugin, use, choose } = setUpLate()
    choose(textFile('a.txt'))
    const prepared = plugin.prepare()
    await vi.waitFor(() => expect(code.asked).toBe(1))

    uppy.removePlugin(plugin)
    code.arrive()
    await prepared
    await systemRuntime.nextTask()
    expect(uppy.getFiles()).toEqual([])
    const next = use()
    next.addFiles([{ file: textFile('b.txt') }])
    await next.prepare()
    await vi.waitFor(() => expect(next.uploads.summary.counts.complete).toBe(1))

    expect(endpoint.signRequests).toMatchObject([[{ name: 'b.txt' }]])
  })

  it('does not try again, and leaves no timer behind', async () => {
    const clock = new VirtualClock()
    const { code, uppy, plugin } = setUpLate({ runtime: clock.runtime })
    const prepared = plugin.prepare()
    code.fail()
    // The second try.
    await vi.waitFor(() => expect(clock.timers).toEqual([500]))

    uppy.removePlugin(plugin)
    await prepared

    expect(clock.timers).toEqual([])
    expect(code.asked).toBe(1)
  })

  it('fails what Uppy uploads', async () => {
    const { code, uppy, plugin } = setUpLate({ autoUpload: false })
    const id = uppy.addFile({ name: 'a.txt', data: textFile('a.txt') })
    const upload = uppy.upload()
    await vi.waitFor(() => expect(code.asked).toBe(1))

    uppy.removePlugin(plugin)
    code.arrive()

    expect(await upload).toMatchObject({ successful: [], failed: [{ id }] })
  })
})
