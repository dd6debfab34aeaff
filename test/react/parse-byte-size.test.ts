import { expect, it } from 'vitest'
import { parseByteSize } from '../../src/react/parse-byte-size.js'

it.each([
  ['10MB', 10_000_000],
  ['5GiB', 5 * 2 ** 30],
  ['1.5 kB', 1500],
  ['2 tb', 2e12],
  ['512', 512],
  ['0.3KiB', 307],
  [1234, 1234],
  [0, 0],
])('reads %j as %i bytes', (text, bytes) => {
  expect(parseByteSize(text, 'maxFileSize')).toBe(bytes)
})

it.each(['', 'MB', '10 apples', '-5MB', '1,5MB', '1e3', Number.NaN, -1, Number.POSITIVE_INFINITY])(
  'refuses %j and says what a size looks like',
  (size) => {
    expect(() => parseByteSize(size, 'maxFileSize')).toThrow(
      /`maxFileSize` is .*, which is not a size.*'10MB' or '5GiB'/,
    )
  },
)
