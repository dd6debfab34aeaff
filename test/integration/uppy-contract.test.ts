// @vitest-environment node
import Uppy, { type Body, type Meta } from '@uppy/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createTestTransport } from '../../src/testing/test-transport.js'
import { NetworkError } from '../../src/upload/errors/upload-error.js'
import { S3DirectUpload, type S3DirectUploadOptions } from '../../src/uppy/index.js'
import { createSite, fileOf, mebibyte } from '../support/engine.js'

const silent = { debug() {}, warn() {}, error() {} }
vi.stubGlobal('window', globalThis)

interface Heard {
  readonly event: string
  readonly name: string
  readonly bytes?: number
}

/** An Uppy whose plugin sends to a test S3, and what apps hear of it. */
async function setUp(options: Partial<S3DirectUploadOptions> = {}) {
  const site = createSite()
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    site.handler(new Request(new URL(url, 'http://app.test/'), init)),
  )
  const transport = createTestTransport({
    fetch: async (request, context) => {
      const body = await request.blob()
      const headers = new Headers(request.headers)
      headers.set('content-length', String(body.size))
      const { method, url } = request
      return await site.s3.fetch(new Request(url, { method, headers, body }), context)
    },
  })
  const uppy = new Uppy<Meta, Body>({ logger: silent })
  const all = { endpoint: 'http://app.test/api/s3', transport, checksum: false, ...options }
  uppy.use(S3DirectUpload, all)
  const plugin = uppy.getPlugin('S3DirectUpload') as S3DirectUpload<Meta, Body>
  await plugin.prepare()
  const heard: Heard[] = []
  uppy.on('upload-progress', (file, { bytesUploaded }) => {
    heard.push({ event: 'progress', name: file?.name ?? '', bytes: Number(bytesUploaded) })
  })
  uppy.on('upload-success', (file) => {
    heard.push({ event: 'success', name: file?.name ?? '' })
  })
  return { uppy, plugin, heard, transport, site }
}

afterEach(() => vi.unstubAllGlobals)

describe('every file', () => {
  it.each([
    ['empty', 0],
    ['of one byte', 1],
    ['in one request', 100_000],
    ['in parts', 11 * mebibyte],
  ])('%s is reported with all its bytes once, right before its success', async (_what, size) => {
    const { uppy, plugin, heard } = await setUp()
    plugin.addFiles([{ file: fileOf(size, { name: 'a.bin' }) }])

    await uppy.upload()

    expect(heard.slice(-2)).toEqual([
      { event: 'progress', name: 'a.bin', bytes: size },
      { event: 'success', name: 'a.bin' },
    ])
    expect(heard.filter(({ bytes }) => bytes === size)).toHaveLength(1)
    expect(uppy.getFiles()[0]?.progress).toMatchObject({
      uploadComplete: true,
      bytesUploaded: size,
    })
  })

  it('that was stored by a try without an answer is reported so, too', async () => {
    const { uppy, plugin, heard, transport } = await setUp({ retryBudgetSeconds: 1 })
    const { send } = transport
    let isFirst = true
    plugin.setOptions({
      transport: {
        async send(request) {
          const response = await send(request)
          if (!isFirst) return response
          isFirst = false
          throw new NetworkError('No answer.', { code: 'network' })
        },
      },
    })
    plugin.addFiles([{ file: fileOf(1000, { name: 'a.bin' }) }])

    await uppy.upload()

    expect(heard.slice(-2)).toEqual([
      { event: 'progress', name: 'a.bin', bytes: 1000 },
      { event: 'success', name: 'a.bin' },
    ])
  })

  it('is told as uploaded whatever a listener of its progress throws', async () => {
    const { uppy, plugin, heard } = await setUp()
    const thrown: unknown[] = []
    const rethrow = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation((task) => {
      void Promise.resolve()
        .then(task)
        .catch((error: unknown) => thrown.push(error))
    })
    uppy.on('upload-progress', () => {
      throw new Error('the app’s own')
    })
    plugin.addFiles([{ file: fileOf(0, { name: 'a.bin' }) }])

    await uppy.upload()
    rethrow.mockRestore()

    expect(heard.at(-1)).toEqual({ event: 'success', name: 'a.bin' })
    expect(thrown).toEqual([new Error('the app’s own')])
  })
})

it('every part that S3 has accepted is told, with its number and its ETag', async () => {
  const { uppy, plugin } = await setUp()
  const parts: { PartNumber: number; ETag: string }[] = []
  uppy.on('s3-multipart:part-uploaded', (file, part) => {
    expect(file.name).toBe('film.bin')
    parts.push(part)
  })
  plugin.addFiles([{ file: fileOf(11 * mebibyte) }])

  await uppy.upload()

  expect(parts.map(({ PartNumber }) => PartNumber).sort()).toEqual([1, 2, 3])
  for (const { ETag } of parts) expect(ETag).toMatch(/^"[0-9a-f]{32}"$/)
})

it.each([1, 3])('all of %i files are complete when Uppy says so', async (count) => {
  const { uppy, plugin } = await setUp()
  const seen: unknown[] = []
  uppy.on('complete', () => {
    const { isAllComplete } = uppy.getObjectOfFilesPerState()
    seen.push(isAllComplete, uppy.getState().totalProgress)
  })
  plugin.addFiles(
    Array.from({ length: count }, (_, index) => ({
      file: fileOf(index, { name: `${index}.bin` }),
    })),
  )

  await uppy.upload()

  expect(seen).toEqual([true, 100])
})

it('not all files are complete when one has failed', async () => {
  const { uppy, plugin, transport } = await setUp()
  plugin.setOptions({
    transport: {
      send: async (request) =>
        String((request.body as FormData).get('key')).endsWith('bad.bin')
          ? { status: 403, body: '<Error><Code>SignatureDoesNotMatch</Code></Error>' }
          : await transport.send(request),
    },
  })
  plugin.addFiles(['good.bin', 'bad.bin'].map((name) => ({ file: fileOf(100, { name }) })))

  await uppy.upload()

  expect(uppy.getObjectOfFilesPerState().isAllComplete).toBe(false)
  expect(uppy.getState().totalProgress).toBeLessThan(100)
})
