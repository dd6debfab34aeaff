import { describe, expect, it } from 'vitest'
import { descriptionOf } from '../../../src/upload/store/file-description.js'
import { isSameFile } from '../../../src/upload/store/is-same-file.js'
import type { FileContentFacts } from '../../../src/upload/store/upload-record.js'

const source = new Blob(['a'])
const facts: FileContentFacts = {
  name: 'a.txt',
  type: 'text/plain',
  size: 1,
  relativePath: 'folder/a.txt',
  metadata: { album: '7' },
  source,
  resumeFrom: undefined,
}

describe('a file', () => {
  it.each<Partial<FileContentFacts>>([
    { name: 'b.txt' },
    { type: 'text/html' },
    { size: 2 },
    { relativePath: undefined },
    { metadata: { album: '8' } },
    { source: new Blob(['a']) },
  ])('is another one with %o', (change) => {
    expect(isSameFile(facts, { ...facts, ...change })).toBe(false)
  })

  it('is the same when only what this page keeps of it has changed', () => {
    expect(isSameFile(facts, { ...facts, resumeFrom: { uploadId: 'x' } })).toBe(true)
    expect(isSameFile(facts, { ...facts, metadata: { album: '7' } })).toBe(true)
  })

  it('is described to the server without what only the page needs', () => {
    const { source: _, resumeFrom: __, ...told } = facts

    expect(descriptionOf({ ...facts, uploadId: 'u' })).toEqual({ id: 'u', ...told })
  })
})
