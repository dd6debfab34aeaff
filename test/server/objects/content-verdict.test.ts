import { fileTypeFromBuffer } from 'file-type'
import { describe, expect, it } from 'vitest'
import { mediaTypeOf, namedExtensions } from '../../../src/protocol/file-media-type.js'
import { contentProblem } from '../../../src/server/objects/content-verdict.js'
import { genuineFiles } from './genuine-files.js'

async function problemOf(bytes: Uint8Array, contentType: string) {
  const detected = (await fileTypeFromBuffer(bytes))?.mime
  return contentProblem({ bytes, contentType, detected })
}

const first = (extension: string) => genuineFiles[extension]?.[0] ?? new Uint8Array()

describe('the verdict on a genuine file whose type its extension tells', () => {
  it.each(namedExtensions())('is good for .%s', async (extension) => {
    const files = genuineFiles[extension] ?? []
    const contentType = mediaTypeOf({ name: `a.${extension}`, type: '' })
    const problems = await Promise.all(files.map((bytes) => problemOf(bytes, contentType)))

    expect(files).not.toEqual([])
    expect(problems).toEqual(files.map(() => undefined))
  })
})

describe('the verdict on a file whose system has another name for its type', () => {
  it.each([
    ['raf', 'image/x-fuji-raf'],
    ['wmv', 'video/x-ms-asf'],
    ['wma', 'application/vnd.ms-asf'],
    ['mpg', 'video/MP2P'],
    ['mpg', 'video/x-mpeg'],
    ['psd', 'image/x-photoshop'],
    ['flv', 'video/flv'],
    ['aac', 'audio/x-aac'],
    ['caf', 'audio/caf'],
    ['avi', 'video/msvideo'],
    ['tif', 'image/TIFF'],
  ])('is good for .%s as %s', async (extension, type) => {
    expect(await problemOf(first(extension), type)).toBeUndefined()
  })
})

describe('the verdict on a file of another format', () => {
  it.each([
    ['png', 'image/tiff'],
    ['gif', 'image/x-fujifilm-raf'],
    ['mp4', 'image/heic'],
    ['wmv', 'video/mp4'],
    ['mp4', 'video/x-ms-wmv'],
    ['mpg', 'video/mp4'],
    ['gif', 'audio/wav'],
    ['tif', 'image/x-fujifilm-raf'],
    ['avi', 'audio/wav'],
  ])('is bad for .%s as %s', async (extension, type) => {
    expect(await problemOf(first(extension), type)).toContain(type)
  })
})
