import Uppy, { type Body, type Meta } from '@uppy/core'
import { expect, it, vi } from 'vitest'
import { S3DirectUpload } from '../../src/uppy/index.js'

/** Adds files that are not uploaded yet, and tells how many workers have been started. */
async function workersAfterAdding(
  sizesBytes: readonly number[],
  options: { readonly checksum?: boolean } = {},
): Promise<number> {
  const startWorker = vi.fn(
    class {
      terminate() {}
    },
  )
  vi.stubGlobal('Worker', startWorker)
  const uppy = new Uppy<Meta, Body>().use(S3DirectUpload, { endpoint: '/api/s3', ...options })

  uppy.addFiles(
    sizesBytes.map((size, index) => {
      const name = `${index}.bin`
      return { name, data: new File([new Uint8Array(size)], name) }
    }),
  )

  await uppy.getPlugin<S3DirectUpload<Meta, Body>>('S3DirectUpload')?.prepare()
  uppy.destroy()
  return startWorker.mock.calls.length
}

it.each([
  ['large files', [2 ** 20 + 1]],
  ['many small files', [600_000, 600_000]],
])('is started for %s before they are uploaded', async (_, sizesBytes) => {
  expect(await workersAfterAdding(sizesBytes)).toBe(1)
})

it.each([
  ['small files', [2 ** 20], {}],
  ['tiny files, however many', Array.from({ length: 20 }, () => 2 ** 17), {}],
  ['no checksums', [2 ** 20 + 1], { checksum: false }],
])('is not started for %s', async (_, sizesBytes, options) => {
  expect(await workersAfterAdding(sizesBytes, options)).toBe(0)
})
