import { spawnSync } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { repositoryPath } from '../support/repository-path.js'

/** Builds the package before its tests, unless `dist` is newer than everything it is made from. */
export async function setup() {
  const configs = ['package.json', 'vite.config.ts', 'tsconfig.json', 'tsconfig.build.json']
  const sources = ['src', 'scripts/entries', ...configs]
  const newestSource = Math.max(...(await Promise.all(sources.map(changedAt))).flat())
  const oldestProduct = Math.min(...(await changedAt('dist').catch(() => [0])))
  if (oldestProduct > newestSource) return

  const { status, stdout, stderr } = spawnSync('npm', ['run', 'build'], {
    cwd: repositoryPath(''),
    encoding: 'utf8',
    // Vitest's own NODE_ENV would reach the build.
    env: { ...process.env, NODE_ENV: 'production' },
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`npm run build failed:\n${stdout}${stderr}`)
}

/** When each file of a folder, or the one file, was changed last. */
async function changedAt(relative: string): Promise<number[]> {
  const path = repositoryPath(relative)
  const { mtimeMs } = await stat(path)
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null)
  if (!entries) return [mtimeMs]
  const files = entries.filter((entry) => entry.isFile())
  const found = await Promise.all(files.map((file) => stat(join(file.parentPath, file.name))))
  return found.map((file) => file.mtimeMs)
}
