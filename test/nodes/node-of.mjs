import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Gives the path of another Node, by the number of its version; it is installed if it is not there.
 *
 * Each version comes from npm, into its own folder: two packages `node` in one would take each other's command.
 */
export function nodeOf(version) {
  const folder = fileURLToPath(new URL(version, import.meta.url))
  // Its own folder again: beside a package.json, the tests would not find this package by its name.
  const packages = join(folder, 'packages')
  const node = join(packages, 'node_modules/.bin/node')
  if (!/^\d+$/.test(version) || !existsSync(folder))
    throw new Error(`There is no folder for Node ${version}.`)
  if (spawnSync(node, ['--version']).status === 0) return node
  const options = { cwd: packages, stdio: 'inherit' }
  const installed = spawnSync('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], options)
  if (installed.status !== 0) throw new Error(`Node ${version} could not be installed.`)
  return node
}
