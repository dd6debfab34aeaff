import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { replaceText } from '../replace-text.js'
import { handlerMutants } from './handler-mutants.js'
import { mutants } from './mutants.js'

const all = [...mutants, ...handlerMutants]

it.each(all)('can still plant $name', ({ file, find, put }) => {
  const source = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')

  expect(replaceText(source, find, put)).not.toBe(source)
})

it('names each mutant and each rule once', () => {
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
  expect(new Set(all.map(({ rule }) => rule)).size).toBe(all.length)
})
