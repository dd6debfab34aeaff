import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { repositoryPath } from '../support/repository-path.js'
import { publicNames } from './public-names.js'

interface PackageJson {
  readonly version: string
  readonly bin: Record<string, string>
  readonly exports: Record<string, string | { readonly types: string; readonly default: string }>
}

const { bin, exports, version }: PackageJson = JSON.parse(
  await readFile(repositoryPath('package.json'), 'utf8'),
)
const targets = Object.entries(exports).flatMap(([subpath, target]) =>
  typeof target === 'string' ? [] : [{ subpath, ...target }],
)
const modules = targets.filter((target) => target.default.endsWith('.js'))

describe('the exports map', () => {
  test.each(targets)('$subpath leads to files of the built package', (target) => {
    expect(existsSync(repositoryPath(target.default))).toBe(true)
    expect(existsSync(repositoryPath(target.types))).toBe(true)
  })

  test.each(targets)('$subpath names its types first', ({ subpath }) => {
    expect(Object.keys(exports[subpath] ?? {})).toEqual(['types', 'default'])
  })
})

describe('the command', () => {
  test('runs from the built package', () => {
    const file = repositoryPath(bin['s3-direct-upload'] ?? '')
    const { stdout } = spawnSync(process.execPath, [file, '--version'], { encoding: 'utf8' })

    expect(stdout).toBe(`${version}\n`)
  })

  test('ends in order with Ctrl+C', async () => {
    const file = repositoryPath(bin['s3-direct-upload'] ?? '')
    const directory = await mkdtemp(join(tmpdir(), 'command-'))
    const options = ['--port', '0', '--signing-port', '0', '--directory', directory, '--json']
    const command = spawn(process.execPath, [file, 'dev', ...options])
    await once(command.stdout, 'data')
    command.kill('SIGINT')
    const [exitCode] = await once(command, 'exit')
    await rm(directory, { recursive: true })

    expect(exitCode).toBe(0)
  })

  test('names its interpreter', async () => {
    const source = await readFile(repositoryPath(bin['s3-direct-upload'] ?? ''), 'utf8')

    expect(source).toMatch(/^#!\/usr\/bin\/env node\n/)
  })
})

test('the plugin names the version of the package', async () => {
  const file = repositoryPath('dist/uppy/index.js')
  const { S3DirectUpload } = await import(/* @vite-ignore */ file)

  expect(S3DirectUpload.VERSION).toBe(version)
})

describe('the public names', () => {
  test('are reviewed for every subpath', () => {
    expect(Object.keys(publicNames).toSorted()).toEqual(
      modules.map(({ subpath }) => subpath).toSorted(),
    )
  })

  test.each(modules)('values of $subpath', async ({ subpath, default: file }) => {
    const loaded: object = await import(/* @vite-ignore */ repositoryPath(file))

    expect(Object.keys(loaded).toSorted()).toEqual(publicNames[subpath]?.values)
  })

  test.each(modules)('types of $subpath', async ({ subpath, types }) => {
    const declarations = await readFile(repositoryPath(types), 'utf8')

    expect(exportedTypes(declarations)).toEqual(publicNames[subpath]?.types)
  })
})

/** Names after `export type`, and those marked `type` in a list of exports. */
function exportedTypes(declarations: string): string[] {
  const names: string[] = []
  for (const [, isTypes, list = ''] of declarations.matchAll(/^export (type )?\{([^}]*)\}/gm)) {
    for (const entry of list.split(',').map((text) => text.trim())) {
      const isType = entry !== '' && (isTypes || entry.startsWith('type '))
      if (isType) names.push(entry.replace(/^type /, '').replace(/^.* as /, ''))
    }
  }
  const single = declarations.matchAll(/^export (?:declare )?(?:interface|type) (\w+)/gm)
  return [...names, ...Array.from(single, ([, name = '']) => name)].toSorted()
}
