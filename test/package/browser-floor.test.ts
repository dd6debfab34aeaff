import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { repositoryPath } from '../support/repository-path.js'
import { floor } from './browser-compat.js'
import { bundle } from './bundle.js'
import { newerFeatures } from './newer-features.js'
import { reachableFrom } from './reachable-files.js'

const entries = ['index.js', 'uppy/index.js', 'upload/checksum/checksum-worker.js']

/** Asked for before use: without them something small is missing, and uploads work. */
const askedFor = [
  /\bitem\.getAsFileSystemHandle$/,
  /\bhandle\.(query|request)Permission$/,
  /\bindexedDB\.databases$/,
  /\bReportingObserver$/,
  /\bnavigator\?\.wakeLock$/,
]

/** Methods of our own, or of a package, with the name of something newer. */
const ownMethods = [
  /\bformat\.bytes$/,
  /(this|#interrupted\?|signatures|#signatures|multiparts|failed|admission)\.(take|drop)$/,
]

/** What is newer are methods of these names; ours are fields, which nobody calls. */
const ownFields = /\.(bytes|locale|scheduler|transfer)$/

/** As old as forms, with the name of something newer. */
const olderFields = [/\bform\?\.elements$/]

const known = [...askedFor, ...ownMethods, ...olderFields]

/** Names of their own, a fallback of valibot's, and a method that nobody calls where its name is missing. */
const ofPackages = [
  /\.locale$/,
  /^Translator$/,
  /^plugin\.install$/,
  /^URL\.canParse$/,
  /^Symbol\.dispose$/,
]

describe('uploads need nothing that came after the oldest browsers', () => {
  test.each(entries)('in the built %s and all it loads', async (entry) => {
    const { files, sources } = await reachableFrom(entry)
    const found = files.flatMap((file, index) => unknownIn(sources[index] ?? '', file, known))

    expect(found).toEqual([])
  })

  test('in the packages that come with it', async () => {
    const { modules } = await bundle('S3Uploader')
    const packed = modules.filter(({ id }) => id.includes('/node_modules/'))
    const names = packed.map(({ id }) => id.slice(id.lastIndexOf('/node_modules/') + 14))
    const found = packed.flatMap(({ code }, index) =>
      unknownIn(code, names[index] ?? '', ofPackages),
    )

    expect(names.join()).toMatch(/@uppy\/core.*valibot/s)
    expect(found).toEqual([])
  })
})

test('docs/browsers.md names the oldest browsers that the check knows', async () => {
  const text = await readFile(repositoryPath('docs/browsers.md'), 'utf8')

  expect(text).toContain(
    `Safari ${floor.safari}, Chrome and Edge ${floor.chrome}, and Firefox ${floor.firefox}`,
  )
  expect(floor).toMatchObject({ safari_ios: floor.safari, edge: floor.chrome })
})

describe('the check reports', () => {
  test.each([
    ['a function of a class', 'AbortSignal.any([])', 'AbortSignal.any'],
    ['one that is read first', 'const { canParse } = URL', '{ canParse } = URL'],
    ['one through the global object', 'globalThis.Promise.withResolvers()', 'withResolvers'],
    ['a method', 'export const sorted = (list) => list.toSorted()', 'list.toSorted'],
    [
      'a method by its name as a text',
      "export const f = (bytes) => bytes['toBase64']()",
      'toBase64',
    ],
    ['a global', 'scheduler.yield()', 'scheduler'],
    ['a global as a property', 'globalThis.showOpenFilePicker?.()', 'showOpenFilePicker'],
    ['an event', "addEventListener('scrollend', f)", 'scrollend'],
    ['a regular expression', 'export const digits = /\\d/v', 'syntax'],
    ['a declaration', 'using file = open()', 'syntax'],
    ['an import with attributes', "import a from './a.json' with { type: 'json' }", 'syntax'],
  ])('%s', (_what, source, name) => {
    const [found] = newerFeatures(`\n${source}\n`)

    expect(found?.name).toContain(name)
    expect(found?.line).toBe(2)
  })

  test('nothing that is old enough, or of our own', () => {
    const source = `
      export class Queue { static #none = []; at(index) { return this.items?.at(index) ?? Queue.#none } }
      const scheduler = { yield() {} }
      scheduler.yield()
      export const found = [1].findLast((one) => Object.hasOwn(one, 'a'))
      new AbortController().signal.throwIfAborted()
      structuredClone(navigator.locks)
      addEventListener('pageshow', () => {})
    `

    expect(newerFeatures(source)).toEqual([])
  })
})

function unknownIn(source: string, file: string, known: readonly RegExp[]): string[] {
  return newerFeatures(source)
    .filter(({ name, isCalled }) => isCalled || !ownFields.test(name))
    .filter(({ name }) => !known.some((pattern) => pattern.test(name)))
    .map(({ name, line }) => `${file}:${line} ${name}`)
}
