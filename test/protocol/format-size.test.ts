import { describe, expect, it } from 'vitest'
import { formatSize } from '../../src/protocol/byte-size.js'

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
