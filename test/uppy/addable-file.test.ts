import { expect, it } from 'vitest'
import { splitDuplicates } from '../../src/uppy/addable-file.js'

const file = (name: string, content = 'hello') => new File([content], name)

it('files of different names or folders are one batch', () => {
  const files = [
    { file: file('a.txt') },
    { file: file('b.txt') },
    { file: file('a.txt'), relativePath: 'folder/a.txt' },
  ]

  expect(splitDuplicates(files)).toEqual([files])
})

it('what Uppy may take for the same file comes in another batch', () => {
  const [first, second, other] = [file('a.txt'), file('A.TXT'), file('b.txt')]

  expect(splitDuplicates([{ file: first }, { file: second }, { file: other }])).toEqual([
    [{ file: first }, { file: other }],
    [{ file: second }],
  ])
})

it('no browser has to look at the disk for it', () => {
  const looked = () => {
    throw new Error('The disk was asked.')
  }
  const onDisk = Object.defineProperties(file('a.txt'), {
    size: { get: looked },
    lastModified: { get: looked },
  })

  expect(splitDuplicates([{ file: onDisk }])).toHaveLength(1)
})
