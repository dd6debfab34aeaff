import { execFileSync } from 'node:child_process'
import { readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { installAlone, packPackage } from './consumer-app.js'

let folder: string

beforeAll(async () => {
  const tarball = await packPackage()
  folder = await installAlone(tarball)
  await rm(dirname(tarball), { recursive: true })
})

afterAll(() => rm(folder, { recursive: true, force: true }))

test('a server that installs the package alone gets no React and no Uppy', async () => {
  const packages = await installedPackages(join(folder, 'node_modules'))

  expect(packages).toContain('s3-direct-upload')
  expect(packages.filter((name) => /react|uppy|scheduler/.test(name))).toEqual([])
  expect(packages.length).toBeLessThanOrEqual(6)
})

test('and at most 8 MB', async () => {
  const bytes = await bytesIn(join(folder, 'node_modules'))

  expect(bytes).toBeGreaterThan(500_000)
  expect(bytes).toBeLessThanOrEqual(8_000_000)
})

test.each(['server', 'server/node', 'testing', 'testing/node'])('and can import %s', (subpath) => {
  const script = `import('s3-direct-upload/${subpath}').then((m) => console.log(Object.keys(m).length))`
  const printed = execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' })

  expect(Number(printed)).toBeGreaterThan(0)
})

test('and can run the command', () => {
  const command = join(folder, 'node_modules/s3-direct-upload/dist/cli/bin.js')
  const printed = execFileSync(process.execPath, [command, '--help'], { encoding: 'utf8' })

  expect(printed).toContain('doctor')
})

/** `name` and `@scope/name`, nested ones too. */
async function installedPackages(modules: string): Promise<string[]> {
  const names = (await readdir(modules).catch(() => [])).filter((name) => !name.startsWith('.'))
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(modules, name)
      if (name.startsWith('@')) {
        const scoped = await installedPackages(path)
        return scoped.map((inner) => `${name}/${inner}`)
      }
      return [name, ...(await installedPackages(join(path, 'node_modules')))]
    }),
  )
  return found.flat()
}

async function bytesIn(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const stats = await Promise.all(files.map((file) => stat(join(file.parentPath, file.name))))
  return stats.reduce((sum, { size }) => sum + size, 0)
}
