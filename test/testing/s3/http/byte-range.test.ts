import { describe, expect, it } from 'vitest'
import { readByteRange } from '../../../../src/testing/s3/http/byte-range.js'

describe('readByteRange', () => {
  for (const [header, start, end] of [
    ['bytes=0-0', 0, 1],
    ['bytes=0-9', 0, 10],
    ['bytes=9-9', 9, 10],
    ['bytes=5-', 5, 10],
    ['bytes=5-100', 5, 10],
    ['bytes=-3', 7, 10],
    ['bytes=-100', 0, 10],
  ] as const) {
    it(`reads ${header} of ten bytes`, () => {
      expect(readByteRange(header, 10)).toEqual({ start, end })
    })
  }

  for (const header of [
    undefined,
    '',
    'bytes=',
    'bytes=-',
    'bytes=5-4',
    'bytes=0-1,3-4',
    'items=0-1',
  ]) {
    it(`takes ${header} for the whole object`, () => {
      expect(readByteRange(header, 10)).toBeUndefined()
    })
  }

  for (const [header, size] of [
    ['bytes=10-', 10],
    ['bytes=10-20', 10],
    ['bytes=-0', 10],
    ['bytes=0-', 0],
    ['bytes=-1', 0],
  ] as const) {
    it(`refuses ${header} of ${size} bytes`, () => {
      expect(() => readByteRange(header, size)).toThrow(
        expect.objectContaining({ code: 'InvalidRange', status: 416 }),
      )
    })
  }
})
