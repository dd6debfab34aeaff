import Uppy, { type Body, type Meta } from '@uppy/core'
import { vi } from 'vitest'
import type { Runtime } from '../../src/async/runtime.js'
import { S3DirectUpload, type S3DirectUploadOptions } from '../../src/uppy/index.js'
import { holdPluginCode } from '../support/plugin-code.js'
import { fetchOf, scriptEndpoint } from '../support/scripted-endpoint.js'

type UppyOptions = ConstructorParameters<typeof Uppy<Meta, Body>>[0]

interface Given extends Partial<S3DirectUploadOptions> {
  readonly uppyOptions?: UppyOptions
  readonly runtime?: Runtime
}

/** A plugin whose late code does not come before a test says so; it starts by itself what is added. */
export function setUpLate({ uppyOptions, runtime, ...options }: Given = {}) {
  const code = holdPluginCode()
  const endpoint = scriptEndpoint()
  vi.stubGlobal('fetch', fetchOf(endpoint))
  const uppy = new Uppy<Meta, Body>({ logger: silent, ...uppyOptions })
  const { transport } = endpoint
  const use = () => {
    const all = { endpoint: '/api/s3', transport, autoUpload: true, ...options }
    uppy.use(S3DirectUpload, all, runtime)
    return uppy.getPlugin('S3DirectUpload') as S3DirectUpload<Meta, Body>
  }
  const plugin = use()
  const { uploads } = plugin
  return {
    code,
    endpoint,
    uppy,
    plugin,
    uploads,
    use,
    /** Adds files as a user chooses them, and gives the ids of their rows. */
    choose(...files: File[]): readonly string[] {
      plugin.addFiles(files.map((file) => ({ file })))
      return uploads.ids.slice(-files.length)
    },
    statuses: () => uploads.ids.map((id) => uploads.get(id)?.status),
    names: () => uploads.ids.map((id) => uploads.get(id)?.name),
    async arrive() {
      code.arrive()
      await plugin.prepare()
    },
    whenComplete: (count: number) =>
      vi.waitFor(
        () => {
          if (uploads.summary.counts.complete !== count) throw new Error('Not yet.')
        },
        { timeout: 10_000 },
      ),
  }
}

const silent = { debug() {}, warn() {}, error() {} }

/** A text of five bytes. */
export function textFile(name: string, options: FilePropertyBag = {}): File {
  return new File(['hello'], name, { type: 'text/plain', lastModified: 1, ...options })
}
