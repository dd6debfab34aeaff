import { expect, it } from 'vitest'
import { mutants } from './mutants.js'
import { plantInto } from './plant-into.js'

it.each(mutants)('can still plant $name', (mutant) => {
  expect(plantInto(mutant)).toContain(mutant.put)
})

it('names each mutant and each rule once', () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length)
  expect(new Set(mutants.map(({ rule }) => rule)).size).toBe(mutants.length)
})
