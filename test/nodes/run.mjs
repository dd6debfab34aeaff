/** Runs tests on another Node than that of this repository: `node test/nodes/run.mjs 20` or `24`. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeOf } from './node-of.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const suites = ['test/server', 'test/testing', 'test/cli']

const [version = ''] = process.argv.slice(2)
const folder = fileURLToPath(new URL(version, import.meta.url))
const node = nodeOf(version)

process.exitCode =
  version === '20'
    ? await runOnBuiltPackage()
    : await run([vitest, 'run', '--project', 'node', ...suites])

/** Vitest does not run there: `node --test` on what users get. */
async function runOnBuiltPackage() {
  if (!existsSync(join(root, 'dist/index.js'))) throw new Error('Run `npm run build` first.')
  const tests = readdirSync(folder).filter((name) => name.endsWith('.test.mjs'))
  const counts = { pass: 0, fail: 0 }
  const code = await run(['--test', ...tests.map((name) => join(folder, name))], (line) => {
    const [, name, count] = /^\S+ (pass|fail) (\d+)$/.exec(line) ?? []
    if (name) counts[name] = Number(count)
  })
  process.stdout.write(`${counts.pass} passed, ${counts.fail} failed\n`)
  return counts.pass > 0 ? code : 1
}

async function run(args, read = () => {}) {
  const child = spawn(node, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    process.stdout.write(text)
    const lines = (rest + text).split('\n')
    rest = lines.pop()
    for (const line of lines) read(line)
  })
  const [code] = await once(child, 'exit')
  return code ?? 1
}
