import { describe, expect, it } from 'vitest'
import { parseSize } from '../../src/protocol/byte-size.js'

describe('parseSize', () => {
  it.each([
    [0, 0],
    [1234, 1234],
    ['17 B', 17],
    ['512', 512],
    ['0.3KiB', 307],
    ['5GB', 5_000_000_000],
    ['5GiB', 5_368_709_120],
    ['10MB', 10_000_000],
    ['1.5 MiB', 1_572_864],
    ['2kb', 2000],
    [' 3 TiB ', 3 * 2 ** 40],
  ])('reads %j as %d bytes', (size, bytes) => {
    expect(parseSize(size)).toBe(bytes)
  })

  it.each([
    -1,
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 53,
    '',
    '5 apples',
    '-5MB',
    '1e3MB',
    '1,5MB',
    'MB',
    '999999999999999TB',
    null,
    undefined,
    {},
  ])('refuses %j', (size) => {
    expect(parseSize(size)).toBeUndefined()
  })
})
