import { expect, test } from 'vitest'
import { maxObjectBytes, maxPartBytes, maxPartCount, minPartBytes } from '../../src/s3/limits.js'

test('the largest object is about 48.8 TiB', () => {
  expect(maxObjectBytes / 1024 ** 4).toBeCloseTo(48.83, 2)
  expect(Number.isSafeInteger(maxObjectBytes)).toBe(true)
})

test('the smallest parts make an object of about 48.8 GiB', () => {
  expect((minPartBytes * maxPartCount) / 1024 ** 3).toBeCloseTo(48.83, 2)
  expect(maxPartBytes).toBe(1024 * minPartBytes)
})
