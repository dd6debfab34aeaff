// @vitest-environment node
import Uppy, { type Body, type Meta } from '@uppy/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createTestTransport } from '../../src/testing/test-transport.js'
import {
  S3DirectUpload,
  type S3DirectUploadOptions,
  type UploadEvent,
} from '../../src/uppy/index.js'
import { createSite, fileOf, mebibyte } from '../support/engine.js'

const silent = { debug() {}, warn() {}, error() {} }
vi.stubGlobal('window', globalThis)

async function setUp(site = createSite(), options: Partial<S3DirectUploadOptions> = {}) {
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    site.handler(new Request(new URL(url, 'http://app.test/'), init)),
  )
  const uppy = new Uppy<Meta, Body>({ logger: silent })
  const transport = createTestTransport({
    fetch: async (request, context) => {
      const body = await request.blob()
      const headers = new Headers(request.headers)
      headers.set('content-length', String(body.size))
      return await site.s3.fetch(
        new Request(request.url, { method: request.method, headers, body }),
        context,
      )
    },
  })
  const all = { endpoint: 'http://app.test/api/s3', transport, checksum: false, ...options }
  const use = async () => {
    uppy.use(S3DirectUpload, all)
    const plugin = uppy.getPlugin('S3DirectUpload') as S3DirectUpload<Meta, Body>
    await plugin.prepare()
    return plugin
  }
  return { uppy, site, plugin: await use(), use }
}

afterEach(() => vi.unstubAllGlobals)

describe('uppy.clear()', () => {
  it('empties the plugin’s list too', async () => {
    const { uppy, plugin } = await setUp()
    plugin.addFiles([{ file: fileOf(100) }])
    await uppy.upload()
    uppy.clear()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(plugin.uploads.ids).toEqual([])
  })

  it('and adding the same large file again uploads it once more', async () => {
    const { uppy, plugin } = await setUp()
    const file = fileOf(11 * mebibyte)
    plugin.addFiles([{ file }])
    const first = await uppy.upload()
    expect(first?.successful).toHaveLength(1)
    uppy.clear()
    plugin.addFiles([{ file }])
    const second = await uppy.upload()
    expect(second?.failed?.map(({ error }) => error)).toEqual([])
    expect(second?.successful).toHaveLength(1)
  })

  it('in mid-upload ends the transfers and leaves nothing open', async () => {
    const site = createSite()
    const started = vi.fn()
    const { uppy, plugin } = await setUp(site, {
      transport: {
        send: ({ signal }) => {
          started()
          return new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason))
          })
        },
      },
    })
    plugin.addFiles([{ file: fileOf(11 * mebibyte) }])
    // Core itself stumbles over files that are gone: that it ends is all there is to ask.
    const ended = () => 'settled'
    const uploading = uppy.upload().then(ended, ended)
    await vi.waitFor(() => expect(started).toHaveBeenCalled())
    uppy.clear()
    const outcome = await Promise.race([
      uploading,
      new Promise((resolve) => setTimeout(() => resolve('hangs'), 500)),
    ])
    expect(outcome).toBe('settled')
    await vi.waitFor(async () => expect(await site.openUploads()).toBe(0))
  })
})

describe('the plugin removed and installed again', () => {
  it('still knows which files are complete and which have failed', async () => {
    const { uppy, plugin, use } = await setUp()
    plugin.addFiles([{ file: fileOf(100, { name: 'good.bin' }) }])
    await uppy.upload()
    const [id = ''] = plugin.uploads.ids
    uppy.removePlugin(plugin)
    const again = await use()
    expect(again.uploads.get(id)?.status).toBe('complete')
  })
})

describe('an endpoint that is no URL', () => {
  it('is refused with the other options', async () => {
    const setting = setUp(createSite(), { endpoint: 'http://' })

    await expect(setting).rejects.toThrow(/endpoint is "http:\/\/"/)
  })
})

it('tells of each part of a large file, and what it has cost in all', async () => {
  const events: UploadEvent[] = []
  const { uppy, plugin } = await setUp(createSite(), { onEvent: (event) => events.push(event) })
  plugin.addFiles([{ file: fileOf(11 * mebibyte) }])

  await uppy.upload()

  const parts = events.flatMap((event) =>
    event.type === 'request' && event.partNumber !== undefined ? [event] : [],
  )
  const sum = parts.reduce((total, { sentBytes = 0 }) => total + sentBytes, 0)
  expect(new Set(parts.map(({ partNumber }) => partNumber)).size).toBeGreaterThan(1)
  expect(sum).toBe(11 * mebibyte)
  expect(events.at(-1)).toMatchObject({ type: 'end', outcome: 'ok', sentBytes: sum })
})
