import { describe, expect, it } from 'vitest'
import { mediaTypeOf } from '../../src/protocol/file-media-type.js'
import { registeredType } from '../../src/protocol/media-types.js'

describe('the type of a file', () => {
  it.each([
    ['a.jpg', '', 'image/jpeg'],
    ['A.HEIC', 'application/octet-stream', 'image/heic'],
    ['a.svg', 'application/octet-stream', 'image/svg+xml'],
    ['a.mov', 'binary/octet-stream', 'video/quicktime'],
    ['a.m2ts', 'application/octet-stream; x=y', 'video/mp2t'],
    ['a.m4a', '', 'audio/mp4'],
    ['archive.tar.opus', '', 'audio/opus'],
    ['a.dng', 'application/x-unknown', 'image/x-adobe-dng'],
  ])('%s of type %j is by its extension %s', (name, type, expected) => {
    expect(mediaTypeOf({ name, type })).toBe(expected)
  })

  it.each([
    ['image/jpg', 'image/jpeg'],
    ['image/x-png', 'image/png'],
    ['audio/mp3', 'audio/mpeg'],
    ['text/plain; charset=utf-8', 'text/plain; charset=utf-8'],
  ])('declared as %s has the registered name %s', (type, expected) => {
    expect(mediaTypeOf({ name: 'a', type })).toBe(expected)
  })

  it.each([
    ['a.jpg', 'text/plain'],
    ['a.png', 'image/jpeg'],
    ['a.exe', 'application/octet-stream'],
    ['a.toString', ''],
    ['jpg', ''],
    ['a.html', ''],
  ])('%s of type %j stays as it was declared', (name, type) => {
    expect(mediaTypeOf({ name, type })).toBe(type)
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'is %s for one that is declared so, and no part of an object',
    (type) => {
      expect(registeredType(type)).toBe(type.toLowerCase())
    },
  )
})
