import { expect, it } from 'vitest'
import { seedChunks } from './seed-chunks.js'

const plan = { from: 90, count: 60, sizes: 'small', realEvery: 100 } as const

it('deals out every seed once, real sizes alone', () => {
  const chunks = [...seedChunks(plan, () => false)]

  const seeds = chunks.flatMap((chunk) => chunk.seeds)
  expect(seeds.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => 90 + i))
  expect(chunks.filter(({ sizes }) => sizes === 'real')).toEqual([{ sizes: 'real', seeds: [100] }])
})

it('leaves out what is done', () => {
  const chunks = [...seedChunks(plan, (seed) => seed !== 149)]

  expect(chunks).toEqual([{ sizes: 'small', seeds: [149] }])
})

it('goes on for as long as somebody asks', () => {
  const chunks = seedChunks({ ...plan, count: Number.POSITIVE_INFINITY }, (seed) => seed < 10_000)

  expect(chunks.next().value?.seeds[0]).toBe(10_000)
})
