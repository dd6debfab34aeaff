import { expect, it } from 'vitest'
import { minPartBytes } from '../../../src/s3/limits.js'
import { SingleRequestLimit } from '../../../src/upload/sending/single-request-limit.js'

it('a file goes in one request up to the smallest part, and up to what the server has let go so', () => {
  const limit = new SingleRequestLimit()
  const asLarge = { size: minPartBytes * 3 }

  expect(limit.isExceededBy({ size: minPartBytes })).toBe(false)
  expect(limit.isExceededBy(asLarge)).toBe(true)
  limit.note(asLarge)
  limit.note({ size: 1 })
  expect(limit.isExceededBy(asLarge)).toBe(false)
  expect(limit.isExceededBy({ size: asLarge.size + 1 })).toBe(true)
})
