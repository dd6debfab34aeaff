import Uppy, { type Body, type Meta } from '@uppy/core'
import type { RemovedUpload, SigningOptions } from 's3-direct-upload/server'
import { expect, vi } from 'vitest'
import { abortable } from '../../src/async/abortable.js'
import { systemRuntime } from '../../src/async/runtime.js'
import type { OperationRequest } from '../../src/protocol/operations.js'
import { createTestTransport } from '../../src/testing/test-transport.js'
import { S3DirectUpload, type S3DirectUploadOptions } from '../../src/uppy/index.js'
import { createSite } from '../support/engine.js'

const silent = { debug() {}, warn() {}, error() {} }
const graceMs = 10_000

/** A page with a plugin, over a handler that tells of removals, whose transfers and time to reconsider a test controls. */
export async function setUpRemoval({
  server,
  uppyOptions,
  ...options
}: Partial<S3DirectUploadOptions> & {
  readonly server?: Partial<SigningOptions>
  readonly uppyOptions?: ConstructorParameters<typeof Uppy<Meta, Body>>[0]
} = {}) {
  const told: RemovedUpload[] = []
  const asked: OperationRequest['operation'][] = []
  const site = createSite({ ...server, onUploadRemove: (removed) => void told.push(removed) })
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push((JSON.parse(String(init.body)) as OperationRequest).operation)
    return await site.handler(new Request(new URL(url, 'http://app.test/'), init))
  })
  const uppy = new Uppy<Meta, Body>({ logger: silent, ...uppyOptions })
  const gate = { isShut: false, open: () => {} }
  const transport = createTestTransport({
    fetch: async (request, context) => {
      const body = await request.blob()
      const headers = new Headers(request.headers)
      headers.set('content-length', String(body.size))
      if (gate.isShut) {
        const opened = new Promise<void>((resolve) => Object.assign(gate, { open: resolve }))
        await abortable(opened, context?.signal ?? new AbortController().signal)
      }
      const { url, method } = request
      return await site.s3.fetch(new Request(url, { method, headers, body }), context)
    },
  })
  const timers: (() => void)[] = []
  const pageEvents = new EventTarget()
  for (const name of ['addEventListener', 'removeEventListener'] as const) {
    vi.stubGlobal(name, pageEvents[name].bind(pageEvents))
  }
  const runtime = {
    ...systemRuntime,
    setTimer(callback: () => void, delayMs: number) {
      if (delayMs !== graceMs) return systemRuntime.setTimer(callback, delayMs)
      timers.push(callback)
      return () => void timers.splice(timers.indexOf(callback), 1)
    },
  }
  const all = { endpoint: 'http://app.test/api/s3', transport, autoUpload: true, ...options }
  uppy.use(S3DirectUpload, { checksum: false, ...all }, runtime)
  const plugin = uppy.getPlugin('S3DirectUpload') as S3DirectUpload<Meta, Body>
  await plugin.prepare()
  const { uploads } = plugin
  return {
    site,
    uppy,
    plugin,
    uploads,
    told,
    asked,
    gate,
    add(...files: File[]): readonly string[] {
      plugin.addFiles(files.map((file) => ({ file })))
      return uploads.ids.slice(-files.length)
    },
    statuses: () => uploads.ids.map((id) => uploads.get(id)?.status),
    receipts: () =>
      uploads.ids.map((id) => {
        const record = uploads.get(id)
        return record?.status === 'complete' ? record.object.receipt : undefined
      }),
    whenComplete: (count: number) =>
      vi.waitFor(() => expect(uploads.summary.counts.complete).toBe(count), { timeout: 10_000 }),
    leave: () => pageEvents.dispatchEvent(new Event('pagehide')),
    /** Lets ten seconds pass. */
    reconsiderNoMore() {
      for (const callback of timers.splice(0)) callback()
    },
    get waits() {
      return timers.length
    },
  }
}

/** Time for what is under way to arrive. */
export const settle = (ms = 100) => new Promise((resolve) => setTimeout(resolve, ms))
