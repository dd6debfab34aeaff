import { describe, expect, it, vi } from 'vitest'
import { type Runtime, systemRuntime } from '../../src/async/runtime.js'
import { RejectionError } from '../../src/uppy/intake/rejection-error.js'
import { setUpLate, textFile } from './late-set-up.js'

/** Here, waiting before the next try takes no time. */
const impatient: Runtime = { ...systemRuntime, sleep: async () => {} }

/** A plugin whose code cannot be loaded. */
function setUpBroken(options: Parameters<typeof setUpLate>[0] = {}) {
  const test = setUpLate({ runtime: impatient, ...options })
  test.code.fail()
  return test
}

describe('code that cannot be loaded', () => {
  it('is tried three times, then the files that wait have failed for lack of it', async () => {
    const { code, uppy, plugin, uploads, choose } = setUpBroken()
    const [a = '', b = ''] = choose(textFile('a.txt'), textFile('b.txt'))
    plugin.setPaused(b, true)

    await plugin.prepare()

    expect(code.asked).toBe(3)
    expect(uploads.get(a)).toMatchObject({
      status: 'failed',
      error: { code: 'code-not-loaded', retryable: true },
    })
    expect(uploads.get(b)?.status).toBe('paused')
    expect(uppy.getFiles()).toEqual([])
  })

  it('keeps no rejection of ours from its user', async () => {
    const { plugin, uppy } = setUpBroken()
    const facts = { reason: 'folder-empty', name: 'photos' } as const

    uppy.emit('restriction-failed', undefined, new RejectionError('Empty.', facts))
    await plugin.prepare()

    expect(plugin.uploads.rejected).toMatchObject([{ reason: 'folder-empty', names: ['photos'] }])
  })

  it('fails no file that the user has not started, of many either', async () => {
    const { plugin, statuses } = setUpBroken({ autoUpload: false })
    plugin.addFiles(Array.from({ length: 250 }, (_, index) => ({ file: textFile(`${index}.txt`) })))

    await plugin.prepare()

    expect(new Set(statuses())).toEqual(new Set(['ready']))
    expect(statuses()).toHaveLength(250)
  })

  it('is tried again by `prepare`, and the same files are uploaded', async () => {
    const { code, endpoint, plugin, uploads, statuses, choose, whenComplete } = setUpBroken()
    const ids = choose(textFile('a.txt'), textFile('b.txt'))
    await plugin.prepare()
    expect(statuses()).toEqual(['failed', 'failed'])

    code.hold()
    const prepared = plugin.prepare()
    expect(statuses()).toEqual(['waiting', 'waiting'])
    code.arrive()
    await prepared
    await whenComplete(2)

    expect(uploads.ids).toEqual(ids)
    expect(endpoint.sent).toHaveLength(2)
  })

  it('is tried again for the next file, and takes the others along', async () => {
    const { code, plugin, choose, whenComplete } = setUpBroken()
    choose(textFile('a.txt'))
    await plugin.prepare()

    code.arrive()
    choose(textFile('b.txt'))

    await whenComplete(2)
  })

  it('fails the files of `uppy.upload()`, which can be retried', async () => {
    const { code, endpoint, uppy, uploads } = setUpBroken({ autoUpload: false })
    const id = uppy.addFile({ name: 'a.txt', data: textFile('a.txt') })
    const failures: unknown[] = []
    uppy.on('upload-error', (file, error) => failures.push([file?.id, error]))

    const result = await uppy.upload()
    expect(result).toMatchObject({ successful: [], failed: [{ id }] })
    expect(failures).toEqual([[id, expect.objectContaining({ code: 'code-not-loaded' })]])
    expect(uploads.get(id)).toMatchObject({ status: 'failed', error: { code: 'code-not-loaded' } })
    code.arrive()

    expect(await uppy.retryUpload(id)).toMatchObject({ successful: [{ id }], failed: [] })
    expect(endpoint.sent).toHaveLength(1)
  })

  it('fails the files of the app and of a user alike, which start together next time', async () => {
    const { code, endpoint, uppy, statuses, choose, whenComplete } = setUpBroken({
      autoUpload: false,
    })
    uppy.addFile({ name: 'a.txt', data: textFile('a.txt') })
    choose(textFile('b.txt'))

    await uppy.upload()
    expect(statuses()).toEqual(['failed', 'failed'])
    code.arrive()
    await uppy.upload()
    await whenComplete(2)

    expect(endpoint.sent).toHaveLength(2)
  })

  it('rejects what needs it, with the reason', async () => {
    const { plugin } = setUpBroken()

    const opening = plugin.interrupted.reopen('some upload')

    await expect(opening).rejects.toMatchObject({ code: 'code-not-loaded' })
  })
})

describe('offline', () => {
  function goOffline() {
    const isOnline = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    return () => {
      isOnline.mockReturnValue(true)
      window.dispatchEvent(new Event('online'))
    }
  }

  it('no code is asked for, and the file says why it waits, until the browser is online', async () => {
    const goOnline = goOffline()
    const { code, uploads, choose, whenComplete } = setUpLate()
    const [id = ''] = choose(textFile('a.txt'))
    code.arrive()
    await systemRuntime.nextTask()
    expect(uploads.get(id)).toMatchObject({ status: 'waiting', reason: 'offline' })
    expect(code.asked).toBe(0)

    goOnline()
    await whenComplete(1)

    expect(code.asked).toBe(1)
  })

  it('says so from the moment the connection is lost', async () => {
    const { uploads, choose } = setUpLate()
    const [id = ''] = choose(textFile('a.txt'))
    expect(uploads.get(id)).not.toHaveProperty('reason', 'offline')

    const goOnline = goOffline()
    window.dispatchEvent(new Event('offline'))
    expect(uploads.get(id)).toMatchObject({ status: 'waiting', reason: 'offline' })
    goOnline()

    expect(uploads.get(id)).not.toHaveProperty('reason', 'offline')
  })
})
