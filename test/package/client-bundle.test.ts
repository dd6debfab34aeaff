import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { repositoryPath } from '../support/repository-path.js'
import { bundle } from './bundle.js'
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

describe("'use client'", () => {
  test('stands first in the main entry', async () => {
    expect(await readFile(repositoryPath('dist/index.js'), 'utf8')).toMatch(/^['"]use client['"]/)
  })

  test('stands first in every built file with hooks or a context', async () => {
    const files = await builtFiles('react')
    const sources = await Promise.all(files.map((file) => readFile(file, 'utf8')))
    const bare = files.filter((_, index) => {
      const source = sources[index] ?? ''
      const isForClients = /import \{[^}]*\b(use[A-Z]|createContext)[^}]*\} from "react"/.test(
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
