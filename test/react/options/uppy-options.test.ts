import Uppy from '@uppy/core'
import { describe, expect, it } from 'vitest'
import {
  isSingle,
  refuseConflicts,
  toUppyRestrictions,
} from '../../../src/react/options/uppy-options.js'

it('reads sizes as bytes or text', () => {
  expect(toUppyRestrictions({ maxFileSize: '10MB', minFileSize: 1 })).toMatchObject({
    maxFileSize: 10_000_000,
    minFileSize: 1,
  })
})

it('says which option is not a size, and what one looks like', () => {
  expect(() => toUppyRestrictions({ maxFileSize: '10 apples' })).toThrow(
    /`maxFileSize` is '10 apples', which is not a size.*'10MB' or '5GiB'/,
  )
})

describe('accepted types', () => {
  it.each([
    ['image/*,.pdf', ['image/*', '.pdf']],
    [' IMAGE/* , .PDF ,', ['image/*', '.pdf']],
    [
      ['image/*', 'pdf'],
      ['image/*', '.pdf'],
    ],
    ['jpg', ['.jpg']],
    ['*.jpg', ['.jpg']],
    ['image/jpg,image/jpeg', ['image/jpeg']],
    ['tar.gz, .tar.gz', ['.tar.gz']],
    [
      ['image/*,.pdf', 'zip'],
      ['image/*', '.pdf', '.zip'],
    ],
    ['text/csv;charset=utf-8', ['text/csv']],
    ['*/*', null],
    ['*', null],
    ['image/*,*/*', null],
    ['', null],
    [[], null],
    [undefined, null],
  ])('%j are %j', (accept, expected) => {
    expect(toUppyRestrictions({ accept }).allowedFileTypes).toEqual(expected)
  })

  it.each(['image', 'image/', '/png', '. pdf', 'a b'])('that are none are named: %j', (accept) => {
    expect(() => toUppyRestrictions({ accept: ['.pdf', accept] })).toThrow(
      new RegExp(`\\\`accept\\\` has '${accept}', which is not a type.*'image/\\*'`),
    )
  })

  it.each([
    [['image/jpg'], 'image/jpeg'],
    [['.JPG'], 'jpg'],
    [['*/*'], '*'],
    [null, '*/*'],
  ])(
    'that say what the app’s instance allows (%j) may be given beside it',
    (allowedFileTypes, accept) => {
      const uppy = new Uppy({ restrictions: { allowedFileTypes } })

      expect(() => refuseConflicts(uppy, { uppy, accept })).not.toThrow()
      expect(() => refuseConflicts(uppy, { uppy, accept: '.other' })).toThrow('`accept` cannot')
    },
  )
})

it.each([
  [{ multiple: false }, true],
  [{ maxFiles: 1 }, true],
  [{ maxFiles: 2 }, false],
  [{}, false],
  [{ uppy: new Uppy({ restrictions: { maxNumberOfFiles: 1 } }) }, false],
  [{ uppy: new Uppy({ restrictions: { maxNumberOfFiles: 1 } }), multiple: false }, true],
])('a second choice replaces the first, or not (%#)', (options, expected) => {
  expect(isSingle(options)).toBe(expected)
})
