import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import {
  packageBin,
  packageExports,
  sourceAliases,
  sourcePaths,
} from '../../scripts/entries/derived-settings.js'
import { entryPoints } from '../../scripts/entries/entry-points.js'
import { repositoryPath } from '../support/repository-path.js'

const packageJson = JSON.parse(await readFile(repositoryPath('package.json'), 'utf8'))
const tsconfig = JSON.parse(await readFile(repositoryPath('tsconfig.json'), 'utf8'))

// As text, because the order of an exports map has a meaning.
const text = (settings: unknown) => JSON.stringify(settings, null, 2)

describe('the list of entry points is what: else run `npm run entries`', () => {
  test('package.json exports', () => {
    expect(text(packageJson.exports)).toBe(text(packageExports()))
  })

  test('package.json has for its command', () => {
    expect(packageJson.bin).toEqual(packageBin())
  })

  test('TypeScript finds in the source', () => {
    expect(text(tsconfig.compilerOptions.paths)).toBe(text(sourcePaths()))
  })
})

test('an entry point that was not written is noticed', () => {
  const longer = [...entryPoints, { subpath: './planted', source: 'planted/index.ts' }]

  expect(text(packageJson.exports)).not.toBe(text(packageExports(longer)))
  expect(text(tsconfig.compilerOptions.paths)).not.toBe(text(sourcePaths(longer)))
})

test('an alias stands for one whole name', () => {
  const found = (name: string) =>
    sourceAliases().flatMap(({ find, file }) => (find.test(name) ? [file] : []))

  expect(found('s3-direct-upload/server')).toEqual(['./src/server/index.ts'])
  expect(found('s3-direct-upload/server/other')).toEqual([])
})
