import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { repositoryPath } from '../support/repository-path.js'
import { bundle, bundleCode } from './bundle.js'
import { reachableFrom } from './reachable-files.js'

const entries = ['index.js', 'uppy/index.js']
const permittedPackages = /^(react|react-dom|valibot|idb-keyval|@uppy\/core)($|\/)/

describe.each(entries)('the built %s', (entry) => {
  test('reaches nothing of the secret side', async () => {
    const { files } = await reachableFrom(entry)
    const secret = files.filter((file) => /^(sigv4|s3-client|server|testing|cli)\//.test(file))

    expect(files).toContain(entry)
    expect(secret).toEqual([])
  })

  test('imports the packages a browser may load, and nothing of Node', async () => {
    const { packages } = await reachableFrom(entry)

    expect(packages.filter((name) => !permittedPackages.test(name))).toEqual([])
  })
})

test('the bundled component contains no signing code', async () => {
  const { code } = await bundle('S3Uploader')

  expect(code).not.toMatch(/AWS4-HMAC-SHA256|aws4_request/)
})

test('parts that an app does not use are not in its bundle', async () => {
  const { code } = await bundleCode(
    (entry) =>
      `import { Uploader } from ${entry}; export const parts = [Uploader.Root, Uploader.Trigger]`,
  )

  expect([...new Set(code.match(/s3u-[a-z-]+/g))].toSorted()).toEqual([
    's3u-announcer',
    's3u-button',
    's3u-icon',
    's3u-link',
    's3u-page-frame',
    's3u-page-frame-text',
    's3u-problem',
    's3u-source',
    's3u-trigger',
    's3u-trigger-icon',
    's3u-trigger-text',
  ])
})

describe("'use client'", () => {
  test.each(['index.js', 'react/parts.js'])(
    'does not stand in %s: a server could not read a part of it',
    async (file) => {
      const source = await readFile(repositoryPath(`dist/${file}`), 'utf8')

      expect(source).not.toMatch(/['"]use client['"]/)
    },
  )

  test('stands first in the module of every part', async () => {
    const list = await readFile(repositoryPath('dist/react/parts.js'), 'utf8')
    const modules = Array.from(list.matchAll(/from "(.+)"/g), ([, path = '']) => path)
    const sources = await Promise.all(
      modules.map((path) => readFile(repositoryPath(`dist/react/${path}`), 'utf8')),
    )

    expect(modules.length).toBeGreaterThan(10)
    expect(sources.filter((source) => !/^['"]use client['"]/.test(source))).toEqual([])
  })

  test('stands first in every built file with hooks or a context', async () => {
    const files = await builtFiles('react')
    const sources = await Promise.all(files.map((file) => readFile(file, 'utf8')))
    const bare = files.filter((_, index) => {
      const source = sources[index] ?? ''
      const isForClients =
        /import \{[^}]*\b(use[A-Z]|createContext)[^}]*\} from "(?:react|.*\/base\/react\.js)"/.test(
          source,
        )
      return isForClients && !/^['"]use client['"]/.test(source)
    })

    expect(files).not.toEqual([])
    expect(bare.map((file) => relative(repositoryPath('dist'), file))).toEqual([])
  })
})

async function builtFiles(folder: string): Promise<string[]> {
  const options = { recursive: true, withFileTypes: true } as const
  const found = await readdir(repositoryPath(`dist/${folder}`), options)
  return found
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => join(entry.parentPath, entry.name))
}
