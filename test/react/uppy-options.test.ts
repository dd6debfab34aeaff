import { expect, it } from 'vitest'
import { toUppyRestrictions } from '../../src/react/uppy-options.js'

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
