import { expect, test } from 'vitest'
import { parseSource, type SourceModule } from '../../scripts/sources/parse-source.js'
import { readSources } from '../../scripts/sources/source-files.js'

test('no name is exported by two files of src', async () => {
  expect(namesInTwoFiles(await readSources(['src']))).toEqual([])
})

test.each([
  ['a function', 'export function one() {}'],
  ['a value', 'export const one = 1'],
  ['one of several values', 'export const { two, one } = three'],
  ['a class', 'export class one {}'],
  ['an interface', 'export interface one {}'],
  ['a type', 'export type one = 1'],
  ['another name for it', 'const two = 1\nexport { two as one }'],
])('a second export is found: %s', (_, source) => {
  const modules = [
    parseSource('src/first.ts', 'export type one = 1\nexport const one = 1'),
    parseSource('src/second.ts', source),
  ]

  expect(namesInTwoFiles(modules)).toEqual([
    'one is exported by src/first.ts and src/second.ts: give each thing a name of its own.',
  ])
})

test('a name that is passed on is not a second one', () => {
  const modules = [
    parseSource('src/first.ts', 'export const one = 1'),
    parseSource('src/index.ts', "export { one } from './first.js'"),
    parseSource('src/other.ts', "import { one } from './first.js'\nexport { one }"),
  ]

  expect(namesInTwoFiles(modules)).toEqual([])
})

function namesInTwoFiles(modules: readonly SourceModule[]): string[] {
  const found = modules.flatMap(({ path, exportedNames }) =>
    exportedNames.map((name) => ({ name, path })),
  )
  return Array.from(Map.groupBy(found, ({ name }) => name))
    .filter(([, files]) => files.length > 1)
    .map(([name, files]) => {
      const paths = files.map(({ path }) => path).join(' and ')
      return `${name} is exported by ${paths}: give each thing a name of its own.`
    })
}
