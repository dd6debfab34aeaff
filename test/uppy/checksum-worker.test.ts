import Uppy, { type Body, type Meta } from '@uppy/core'
import { expect, it, vi } from 'vitest'
import { S3DirectUpload } from '../../src/uppy/index.js'

/** Adds a file that is not uploaded yet, and tells how many workers have been started. */
function workersAfterAdding(sizeBytes: number, options: { checksum?: boolean } = {}): number {
  const startWorker = vi.fn(
    class {
      terminate() {}
    },
  )
  vi.stubGlobal('Worker', startWorker)
  const uppy = new Uppy<Meta, Body>().use(S3DirectUpload, { endpoint: '/api/s3', ...options })

  uppy.addFile({ name: 'a.bin', data: new File([new Uint8Array(sizeBytes)], 'a.bin') })

  uppy.destroy()
  return startWorker.mock.calls.length
}

it('is started when a file is added that it will hash', () => {
  expect(workersAfterAdding(2 ** 20 + 1)).toBe(1)
})

it.each([
  ['small files', 2 ** 20, {}],
  ['no checksums', 2 ** 20 + 1, { checksum: false }],
])('is not started for %s', (_, sizeBytes, options) => {
  expect(workersAfterAdding(sizeBytes, options)).toBe(0)
})
