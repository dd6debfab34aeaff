import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { replaceText } from '../replace-text.js'
import { mutants } from './mutants.js'

it.each(mutants)('can still plant $name', ({ file, find, put }) => {
  const source = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')

  expect(replaceText(source, find, put)).not.toBe(source)
})

it('names each mutant and each rule once', () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length)
  expect(new Set(mutants.map(({ rule }) => rule)).size).toBe(mutants.length)
})
