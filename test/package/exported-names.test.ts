import { describe, expect, test } from 'vitest'
import { entryPoints } from '../../scripts/entries/entry-points.js'
import { parseSource, type SourceModule } from '../../scripts/sources/parse-source.js'
import { readSources } from '../../scripts/sources/source-files.js'
import { needlessDetours, needlessExports } from './needless-exports.js'

const published = new Set(entryPoints.map(({ source }) => `src/${source}`))

/** Exports for which there is another reason than a file of src that imports them. */
const seams = new Set([
  // Tests and bench bring their own runtime, or a configuration of their own.
  'RuntimeProvider',
  'createConfiguredHandler',
  'createTestTransportOn',
  'proveAndClaim',
  'startTestS3On',
  // Steps of a specification that tests look at by themselves.
  'canonicalHeaders',
  'escapeXml',
  'signingKey',
  // Tables and bounds that a test walks through.
  'FileErrorCode',
  'LocalErrorCode',
  'NetworkErrorCode',
  'OptionRow',
  'RefusalMeaning',
  'maxBodyBytes',
  'meaningsOfCodes',
  'meaningsOfStatuses',
  'namedExtensions',
  // Types of what a test builds or drives.
  'ChecksummerOptions',
  'ConformanceOptions',
  'Engine',
  'PostPolicy',
  'TokenKind',
])

/** Files whose work it is to pass names on. */
const gathering = new Set([
  // The wire contract: the layers above know it by this one file.
  'src/protocol/operations.ts',
  // The parts under their short names, which `index.ts` publishes as one.
  'src/react/parts.ts',
  // React for what is built, so that a bundle imports it once.
  'src/react/base/jsx-runtime.ts',
  'src/react/base/react.ts',
  // What one `import()` brings.
  'src/upload/sending/in-parts.ts',
])

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

describe('an export', () => {
  test('is there for another file of src, or is published', async () => {
    const modules = await readSources(['src'])
    const schemas = modules.filter(({ path }) => path.startsWith('src/protocol/'))
    const named = schemas.flatMap(({ exportedNames }) => exportedNames)
    // `npm run openapi` names the components of its document after them.
    const components = named.filter((name) => name.endsWith('Schema'))

    const reasons = { published, seams: new Set([...seams, ...components]) }
    expect(needlessExports(modules, reasons)).toEqual([])
  })

  test('of another file is not passed on', async () => {
    const allowed = new Set([...published, ...gathering])

    expect(needlessDetours(await readSources(['src']), allowed)).toEqual([])
  })

  test.each([
    ['imported', "import { one } from './first.js'", []],
    ['imported under another name', "import { one as two } from './first.js'", []],
    ['imported as a type', "import { type one } from './first.js'", []],
    ['loaded', "await import('./first.js')", []],
    ['not imported', "import { two } from './first.js'", [expect.stringContaining('exports one')]],
  ])('that is %s is told apart', (_, source, found) => {
    const modules = [
      parseSource('src/first.ts', 'export const one = 1\nexport const two = 2'),
      parseSource('src/second.ts', `${source}; import { two as three } from './first.js'`),
    ]

    expect(needlessExports(modules, { published: new Set(), seams: new Set() })).toEqual(found)
  })

  test('that is passed on is found, unless the file is published', () => {
    const modules = [parseSource('src/index.ts', "export { one } from './first.js'")]

    expect(needlessDetours(modules, new Set())).toEqual([
      'src/index.ts passes on what ./first.js exports: import it from there.',
    ])
    expect(needlessDetours(modules, new Set(['src/index.ts']))).toEqual([])
  })
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
