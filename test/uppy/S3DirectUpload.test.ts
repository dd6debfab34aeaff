import Uppy, { type Body, type Meta, type MinimalRequiredUppyFile } from '@uppy/core'
import { describe, expect, it, vi } from 'vitest'
import { S3DirectUpload, type S3DirectUploadOptions } from '../../src/uppy/index.js'
import { created, fetchOf, s3Refusal, scriptEndpoint } from '../support/scripted-endpoint.js'
import { gatherUncaught } from '../support/uncaught-errors.js'

async function setUp(
  options: Partial<S3DirectUploadOptions> = {},
  uppyOptions: ConstructorParameters<typeof Uppy<Meta, Body>>[0] = {},
) {
  const endpoint = scriptEndpoint()
  vi.stubGlobal('fetch', fetchOf(endpoint))
  const uppy = new Uppy<Meta, Body>({ logger: silent, ...uppyOptions })
  uppy.use(S3DirectUpload, { endpoint: '/api/s3', transport: endpoint.transport, ...options })
  const plugin = uppy.getPlugin('S3DirectUpload') as S3DirectUpload<Meta, Body>
  await plugin.prepare()
  const add = (...names: string[]) => {
    plugin.addFiles(
      names.map((name) => ({ file: new File(['hello'], name, { type: 'text/plain' }) })),
    )
    return plugin.uploads.ids.slice(-names.length)
  }
  return { endpoint, uppy, plugin, add }
}

const silent = { debug() {}, warn() {}, error() {} }

/** Lets a test hold each transfer until it says otherwise. */
function holdTransfers({ endpoint }: Awaited<ReturnType<typeof setUp>>) {
  const release: (() => void)[] = []
  endpoint.onSend = (request, store) =>
    new Promise((resolve, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason))
      release.push(() => {
        store()
        resolve(created)
      })
    })
  return release
}

const refuse = (name: string, test: Awaited<ReturnType<typeof setUp>>) => {
  const { onSend } = test.endpoint
  test.endpoint.onSend = async (request, store) =>
    String((request.body as FormData).get('key')).endsWith(name)
      ? s3Refusal(403, 'SignatureDoesNotMatch')
      : onSend(request, store)
}

it('uploads what Uppy holds and reports location, key and receipt', async () => {
  const { uppy, add } = await setUp()
  const [id = ''] = add('a.txt')
  const succeeded = vi.fn()
  uppy.on('upload-success', succeeded)

  const result = await uppy.upload()

  expect(result).toMatchObject({ failed: [], successful: [{ id }] })
  expect(succeeded).toHaveBeenCalledTimes(1)
  expect(succeeded.mock.calls[0]?.slice(0, 2)).toEqual([
    expect.objectContaining({ id }),
    expect.objectContaining({
      status: 200,
      uploadURL: 'https://bucket.test/uploads/1/a.txt',
      body: expect.objectContaining({
        location: 'https://bucket.test/uploads/1/a.txt',
        key: 'uploads/1/a.txt',
        receipt: 'r-1:a.txt:5',
      }),
    }),
  ])
})

it('reports a failure with its sentence, and the other files as successful', async () => {
  const test = await setUp()
  test.add('good.txt', 'bad.txt')
  refuse('bad.txt', test)

  const result = await test.uppy.upload()

  expect(result?.successful).toMatchObject([{ name: 'good.txt' }])
  expect(result?.failed).toMatchObject([
    { name: 'bad.txt', error: expect.stringContaining('SignatureDoesNotMatch') },
  ])
})

it('sends the names, paths and single values of metadata to the endpoint', async () => {
  const { endpoint, uppy, plugin } = await setUp(
    {},
    { meta: { album: 7, draft: true, nested: { no: 1 } } },
  )
  plugin.addFiles([{ file: new File(['x'], 'é.txt'), relativePath: 'folder/é.txt' }])

  await uppy.upload()

  expect(endpoint.signRequests[0]?.[0]).toMatchObject({
    name: 'é.txt',
    relativePath: 'folder/é.txt',
    size: 1,
    metadata: { album: '7', draft: 'true' },
  })
})

it('tells Uppy about progress', async () => {
  const test = await setUp()
  const release = holdTransfers(test)
  const [id = ''] = test.add('a.txt')

  const done = test.uppy.upload()
  await expect.poll(() => test.uppy.getFile(id).progress.percentage).toBe(99)
  expect(test.uppy.getFile(id).progress.uploadComplete).toBe(false)
  release[0]?.()
  await done

  expect(test.uppy.getFile(id).progress.uploadComplete).toBe(true)
})

describe('a file that cannot be uploaded at all', () => {
  it('fails when its content was lost in a reload', async () => {
    const { uppy, add } = await setUp()
    const [id = ''] = add('a.txt')
    uppy.setFileState(id, { isGhost: true, data: undefined, isRemote: false })

    const result = await uppy.upload()

    expect(result?.failed).toMatchObject([
      { error: expect.stringContaining('Choose the file again') },
    ])
  })

  it('fails when it belongs to a remote provider', async () => {
    const { uppy } = await setUp()
    const remote = { companionUrl: '', requestClientId: '', url: '' }
    const file = { name: 'remote.txt', data: { size: 5 }, isRemote: true, remote }
    uppy.addFile(file as MinimalRequiredUppyFile<Meta, Body>)

    const result = await uppy.upload()

    expect(result?.failed).toMatchObject([{ name: 'remote.txt' }])
  })
})

describe('pausing and resuming', () => {
  it('all leaves a failed file failed, and it can be retried', async () => {
    const test = await setUp()
    const release = holdTransfers(test)
    test.add('bad.txt', 'good.txt')
    const held = test.endpoint.onSend
    refuse('bad.txt', test)

    const done = test.uppy.upload()
    await expect.poll(() => test.plugin.uploads.summary.counts.failed).toBe(1)
    test.uppy.pauseAll()
    await expect.poll(() => test.plugin.uploads.summary.counts.paused).toBe(1)
    test.uppy.resumeAll()
    await expect.poll(() => release.length).toBe(2)
    release[1]?.()
    const result = await done

    expect(result?.failed).toMatchObject([{ name: 'bad.txt' }])
    expect(result?.successful).toMatchObject([{ name: 'good.txt' }])

    test.endpoint.onSend = held
    const retried = test.uppy.retryAll()
    await expect.poll(() => release.length).toBe(3)
    release[2]?.()
    expect((await retried)?.successful).toMatchObject([{ name: 'bad.txt' }])
  })

  it('one file leaves the others alone', async () => {
    const test = await setUp()
    const release = holdTransfers(test)
    const [a = ''] = test.add('a.txt', 'b.txt')

    const done = test.uppy.upload()
    await expect.poll(() => release.length).toBe(2)
    test.uppy.pauseResume(a)
    release[1]?.()
    await expect.poll(() => test.plugin.uploads.summary.counts.complete).toBe(1)
    expect(test.plugin.uploads.get(a)?.status).toBe('paused')
    test.uppy.pauseResume(a)
    await expect.poll(() => release.length).toBe(3)
    release[2]?.()

    expect((await done)?.successful).toHaveLength(2)
  })

  it('ends when a paused file is retried, which Uppy tells nobody', async () => {
    const test = await setUp()
    const release = holdTransfers(test)
    const [a = ''] = test.add('a.txt')
    const done = test.uppy.upload()
    await expect.poll(() => release.length).toBe(1)

    test.uppy.pauseResume(a)
    expect(test.plugin.uploads.get(a)?.status).toBe('paused')
    const retried = test.uppy.retryUpload(a)
    await expect.poll(() => release.length).toBe(2)
    release[1]?.()

    expect((await done)?.successful).toHaveLength(1)
    expect((await retried)?.successful).toHaveLength(1)
  })
})

/** One file under way, and another that has failed and is being tried again. */
async function startRetry() {
  const test = await setUp()
  const release = holdTransfers(test)
  const [bad = ''] = test.add('bad.txt', 'slow.txt')
  const held = test.endpoint.onSend
  refuse('bad.txt', test)
  const done = test.uppy.upload()
  await expect.poll(() => test.plugin.uploads.get(bad)?.status).toBe('failed')
  await expect.poll(() => release.length).toBe(1)
  test.endpoint.onSend = held
  const retried = test.uppy.retryUpload(bad)
  await expect.poll(() => release.length).toBe(2)
  return { ...test, bad, done, retried, release }
}

it('retries one failed file without restarting those that run', async () => {
  const { endpoint, done, retried, release } = await startRetry()

  for (const go of release) go()

  expect((await retried)?.successful).toMatchObject([{ name: 'bad.txt' }])
  await done
  expect(endpoint.sent).toHaveLength(3)
})

it('does not call a file uploaded that is being tried again', async () => {
  const { uppy, plugin, bad, done, retried, release } = await startRetry()

  release[0]?.()
  await expect.poll(() => plugin.uploads.summary.counts.complete).toBe(1)
  uppy.removeFile(bad)

  await retried
  const result = await done
  expect(result?.successful?.map(({ name }) => name)).toEqual(['slow.txt'])
})

it('does not start a file twice when upload() is called twice', async () => {
  const { endpoint, uppy, add } = await setUp()
  add('a.txt', 'b.txt')

  await Promise.all([uppy.upload(), uppy.upload()])

  expect(endpoint.sent).toHaveLength(2)
})

describe('autoUpload', () => {
  it('starts what is added, in one request for all that come together', async () => {
    const { endpoint, plugin, add } = await setUp({ autoUpload: true })

    add('a.txt', 'b.txt')
    add('c.txt')
    await expect.poll(() => plugin.uploads.summary.counts.complete).toBe(3)

    expect(endpoint.signRequests).toHaveLength(1)
  })

  it('neither retries failed files when others are added, nor lets those wait', async () => {
    const test = await setUp({ autoUpload: true })
    refuse('bad.txt', test)
    const [bad = ''] = test.add('bad.txt')
    await expect.poll(() => test.plugin.uploads.get(bad)?.status).toBe('failed')

    const [good = ''] = test.add('good.txt')
    await expect.poll(() => test.plugin.uploads.get(good)?.status).toBe('complete')

    expect(test.endpoint.sent).toHaveLength(2)
    expect(test.uppy.getFile(bad).error).toContain('SignatureDoesNotMatch')
  })
})

describe('uploadNew', () => {
  it('starts a file that Uppy refused to start before, and reports it as successful', async () => {
    const restrictions = { requiredMetaFields: ['album'] }
    const { uppy, plugin, add } = await setUp({}, { restrictions })
    const [id = ''] = add('a.txt')
    await expect(plugin.uploadNew()).rejects.toThrow()
    expect(uppy.getFile(id).error).toBeTruthy()
    const complete = vi.fn()
    uppy.on('complete', complete)

    uppy.setFileMeta(id, { album: 'summer' })
    await plugin.uploadNew()

    expect(complete.mock.calls[0]?.[0]).toMatchObject({ successful: [{ id }], failed: [] })
    expect(plugin.uploads.get(id)?.status).toBe('complete')
  })

  it('leaves a failed file that is removed meanwhile removed', async () => {
    const test = await setUp()
    refuse('bad.txt', test)
    const [bad = ''] = test.add('bad.txt')
    await test.uppy.upload()
    test.uppy.once('upload', () => test.uppy.removeFile(bad))

    test.add('good.txt')
    await test.plugin.uploadNew()

    expect(test.uppy.getFiles().map(({ name }) => name)).toEqual(['good.txt'])
  })
})

describe('taking files away', () => {
  it('in mid-upload aborts the transfer and lets upload() settle', async () => {
    const test = await setUp()
    holdTransfers(test)
    const [id = ''] = test.add('a.txt')

    const done = test.uppy.upload()
    await expect.poll(() => test.endpoint.sent.length).toBe(1)
    test.uppy.removeFile(id)

    expect(await done).toMatchObject({ successful: [], failed: [] })
    expect(test.endpoint.sent[0]?.signal.aborted).toBe(true)
    expect(test.plugin.uploads.ids).toEqual([])
  })

  it('and adding it again begins another upload, whatever becomes of the first', async () => {
    const { endpoint, uppy, plugin } = await setUp()
    const file = new File(['hello'], 'a.txt', { type: 'text/plain', lastModified: 1 })
    const answers: (() => void)[] = []
    const { onComplete } = endpoint
    endpoint.onComplete = (token) =>
      new Promise((resolve) => {
        answers.push(() => resolve(onComplete(token)))
      })
    plugin.addFiles([{ file }])
    const first = uppy.upload()
    await expect.poll(() => answers.length).toBe(1)

    uppy.removeFile(plugin.uploads.ids[0] ?? '')
    plugin.addFiles([{ file }])
    answers[0]?.()
    await first
    expect(plugin.uploads.summary.counts).toMatchObject({ ready: 1, complete: 0, failed: 0 })
    const second = uppy.upload()
    await expect.poll(() => answers.length).toBe(2)
    answers[1]?.()

    expect((await second)?.successful).toHaveLength(1)
    expect(endpoint.sent).toHaveLength(2)
  })

  it.each([
    ['cancelAll', (uppy: Uppy<Meta, Body>) => uppy.cancelAll()],
    ['destroy', (uppy: Uppy<Meta, Body>) => uppy.destroy()],
  ])('all at once by %s settles everything', async (_name, end) => {
    const test = await setUp()
    holdTransfers(test)
    test.add('a.txt', 'b.txt', 'c.txt')

    const done = test.uppy.upload()
    await expect.poll(() => test.endpoint.sent.length).toBe(3)
    end(test.uppy)

    await expect(done).resolves.toMatchObject({ successful: [] })
    expect(test.endpoint.sent.every(({ signal }) => signal.aborted)).toBe(true)
  })

  it('together with the plugin fails what was running', async () => {
    const test = await setUp()
    holdTransfers(test)
    test.add('a.txt')
    const done = test.uppy.upload()
    await expect.poll(() => test.endpoint.sent.length).toBe(1)

    test.uppy.removePlugin(test.plugin)

    expect((await done)?.failed).toHaveLength(1)
    expect(test.plugin.uploads.summary.counts.failed).toBe(1)
  })
})

describe('what is not taken', () => {
  it('is listed with its name and the reason', async () => {
    const { plugin, add } = await setUp({}, { restrictions: { maxFileSize: 3 } })

    add('large.txt')

    expect(plugin.uploads.rejected).toMatchObject([
      {
        reason: 'file-too-large',
        names: ['large.txt'],
        words: expect.stringContaining('3 B'),
      },
    ])
    expect(plugin.uploads.ids).toEqual([])
  })

  it('is listed when the app’s own check throws, whose words are for developers', async () => {
    const uncaught = gatherUncaught()
    const { plugin, add } = await setUp(
      {},
      {
        onBeforeFileAdded: () => {
          throw new Error('The virus scanner is down.')
        },
      },
    )

    add('a.txt')

    expect(plugin.uploads.rejected).toEqual([
      { id: 1, reason: 'other', names: ['a.txt'], count: 1 },
    ])
    await vi.waitFor(() => expect(uncaught).toEqual([new Error('The virus scanner is down.')]))
  })
})

describe('options', () => {
  it('at fault are all named at once', () => {
    const uppy = new Uppy()

    expect(() =>
      uppy.use(S3DirectUpload, { endpoint: '', concurrency: 0, retryBudgetSeconds: -1 }),
    ).toThrow(/endpoint.*\n.*concurrency.*\n.*retryBudgetSeconds/)
  })

  it('changed meanwhile hold for the next request', async () => {
    const { uppy, plugin, add } = await setUp()
    const fetch = vi.mocked(globalThis.fetch)
    const seen: unknown[] = []
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      seen.push([url, new Headers(init.headers).get('x-user')])
      return fetch(url, init)
    })
    add('a.txt')

    plugin.setOptions({ endpoint: '/other', headers: { 'x-user': 'ann' } })
    await uppy.upload()

    expect(seen[0]).toEqual(['/other', 'ann'])
  })
})

it('tells Uppy that uploads can be paused, and takes it back when it leaves', async () => {
  const { uppy, plugin } = await setUp()

  expect(uppy.getState().capabilities.resumableUploads).toBe(true)
  uppy.removePlugin(plugin)
  expect(uppy.getState().capabilities.resumableUploads).toBe(false)
})

it('goes on when the app’s own handler throws', async () => {
  const uncaught: unknown[] = []
  vi.stubGlobal('queueMicrotask', (callback: () => void) => {
    Promise.resolve()
      .then(callback)
      .catch((error) => uncaught.push(error))
  })
  const { uppy, add } = await setUp()
  add('a.txt', 'b.txt')
  uppy.on('upload-success', () => {
    throw new Error('the app’s own')
  })

  const result = await uppy.upload()

  expect(result?.successful).toHaveLength(2)
  expect(uncaught).toHaveLength(2)
})
