import { expect, it } from 'vitest'
import { Link } from '../../../bench/line/link.js'

it('sends bytes after all that were queued before', () => {
  const link = new Link(1000, () => 1000)

  expect([link.send(500), link.send(100)]).toEqual([1500, 1600])
})

it('is free again when it has caught up', () => {
  let now = 1000
  const link = new Link(1000, () => now)

  link.send(500)
  now = 5000

  expect(link.send(10)).toBe(5010)
})
