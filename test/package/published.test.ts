import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { repositoryPath } from '../support/repository-path.js'

interface PackedFile {
  readonly path: string
  readonly size: number
}

const repository = 'https://github.com/s3-direct-upload/s3-direct-upload'
let files: PackedFile[] = []

beforeAll(() => {
  files = packed(repositoryPath(''), ['--ignore-scripts'])
})

const bytesOf = (pattern: RegExp) =>
  files.reduce((sum, { path, size }) => sum + (pattern.test(path) ? size : 0), 0)

test('the maps weigh less than the code', () => {
  expect(bytesOf(/\.js\.map$/)).toBeGreaterThan(10_000)
  expect(bytesOf(/\.map$/)).toBeLessThan(bytesOf(/^dist\/.*\.js$/))
})

test('and lead to sources that are in the package', async () => {
  const paths = new Set(files.map(({ path }) => path))
  const maps = files.filter(({ path }) => path.endsWith('.js.map'))
  const missing = await Promise.all(
    maps.map(async ({ path }) => {
      const map: { sources: string[] } = JSON.parse(await readFile(repositoryPath(path), 'utf8'))
      const own = map.sources.filter(
        (source) => !source.startsWith('\0') && source.includes('src/'),
      )
      return own.map((source) => join(dirname(path), source)).filter((found) => !paths.has(found))
    }),
  )

  expect(missing.flat()).toEqual([])
})

test('the package has at most 4.8 MB', () => {
  expect(bytesOf(/./)).toBeLessThanOrEqual(4_800_000)
})

describe('a clone without a build', () => {
  let clone = ''

  beforeEach(async () => {
    clone = await cloneWithoutBuild()
  })

  afterEach(() => rm(clone, { recursive: true }))

  test('is built by `npm pack` and `npm publish`', { timeout: 240_000 }, () => {
    const names = packed(clone).map(({ path }) => path)

    expect(names).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts']))
  })

  test('is built by an install from git, and then no more', { timeout: 240_000 }, () => {
    const prepare = () => spawnSync('npm', ['run', 'prepare'], { cwd: clone, encoding: 'utf8' })
    const [first, second] = [prepare(), prepare()]

    expect([first.status, existsSync(join(clone, 'dist/index.d.ts'))]).toEqual([0, true])
    expect([first.stdout, second.stdout].map((text) => text.includes('built in'))).toEqual([
      true,
      false,
    ])
  })
})

describe('the README that npm shows', async () => {
  const text = await readFile(repositoryPath('README.md'), 'utf8')
  const links = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target)

  test('has absolute links and pictures alone', () => {
    expect(links.length).toBeGreaterThan(10)
    expect(links.filter((target) => !/^(https:\/\/|#)/.test(target))).toEqual([])
  })

  test('leads into this repository only to what is there', () => {
    const own = links.flatMap((target) => /\/main\/([^#]+)/.exec(target)?.[1] ?? [])
    const { status, stdout } = spawnSync('ls', ['-d', ...own], { cwd: repositoryPath('') })

    expect(own.length).toBeGreaterThan(10)
    expect([status, stdout.toString().trim().split('\n').length]).toEqual([0, own.length])
  })
})

test('the manifest says where it comes from', async () => {
  const manifest = JSON.parse(await readFile(repositoryPath('package.json'), 'utf8'))

  expect(manifest).toMatchObject({
    homepage: `${repository}#readme`,
    bugs: `${repository}/issues`,
    repository: { url: `git+${repository}.git` },
    author: expect.stringContaining('s3-direct-upload'),
  })
  expect(manifest.dependencies).not.toHaveProperty('@uppy/react')
})

test.each(['edge', 'express', 'fastify', 'hono', 'lambda', 'next'])(
  'the lock file of the example %s knows our dependencies',
  async (example) => {
    const read = async (path: string) => JSON.parse(await readFile(repositoryPath(path), 'utf8'))
    const { dependencies, peerDependencies } = await read('package.json')

    const { packages } = await read(`examples/${example}/package-lock.json`)

    expect(packages['node_modules/s3-direct-upload']).toMatchObject({
      dependencies,
      peerDependencies,
    })
  },
)

async function cloneWithoutBuild(): Promise<string> {
  const clone = await mkdtemp(join(tmpdir(), 'clone-'))
  const needed = ['src', 'scripts', '.storybook', 'test/support', 'package.json', 'vite.config.ts']
  for (const name of [...needed, 'tsconfig.json', 'tsconfig.build.json']) {
    await cp(repositoryPath(name), join(clone, name), { recursive: true })
  }
  await symlink(repositoryPath('node_modules'), join(clone, 'node_modules'))
  return clone
}

function packed(cwd: string, options: readonly string[] = []): PackedFile[] {
  const env = { ...process.env, NODE_ENV: undefined }
  const args = ['pack', '--dry-run', '--json', ...options]
  const printed = execFileSync('npm', args, { cwd, env, encoding: 'utf8' })
  // What the build prints comes before.
  const [{ files: found }] = JSON.parse(printed.slice(printed.indexOf('[\n  {')))
  return found
}
