import { describe, expect, it } from 'vitest'
import { formatSize, parseSize } from '../../src/server/parse-size.js'

describe('parseSize', () => {
  it.each([
    [0, 0],
    [1234, 1234],
    ['17 B', 17],
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
    '5',
    '5 apples',
    '-5MB',
    '1e3MB',
    '999999999999999TB',
    null,
    undefined,
    {},
  ])('refuses %j', (size) => {
    expect(parseSize(size)).toBeUndefined()
  })
})

describe('formatSize', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1500, '1.5 kB'],
    [5_000_000_000, '5 GB'],
    [5 * 2 ** 30, '5.37 GB'],
    [9e15, '9000 TB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text)
  })
})
