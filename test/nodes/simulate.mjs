/**
 * Runs the same seeds of the simulation on this Node and on another one: `node test/nodes/simulate.mjs 24`.
 *
 * Both must come to the same verdict, trace and list of requests to S3 for each of 300 seeds; more arguments are for
 * `npm run simulate`, such as `--from 5000`.
 */

import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeOf } from './node-of.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'test-results/simulation')
const simulate = ['--import', './bench/typescript-source.ts', 'test/simulation/run.ts']

const [version = '24', ...given] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const here = verdictsOf(process.execPath, process.versions.node)
const there = verdictsOf(nodeOf(version), version)

const differing = here.filter((verdict, index) => verdict !== there[index])
for (const verdict of differing) {
  process.stdout.write(`✗ seed ${JSON.parse(verdict).seed} does otherwise on Node ${version}\n`)
}
const same = here.length - differing.length
process.stdout.write(`Node ${process.versions.node} and ${version}:\n`)
process.stdout.write(`${same} passed, ${differing.length} failed\n`)
process.exitCode = here.length > 0 && differing.length === 0 ? 0 : 1

/** A line for each seed. What the run itself finds wrong is in the verdicts. */
function verdictsOf(node, name) {
  const path = join(folder, `verdicts-node-${name}.jsonl`)
  // An older one must not stand for a run that has written none.
  rmSync(path, { force: true })
  const args = [...simulate, '--seeds', '300', ...given, '--verdicts', path]
  const { error, signal } = spawnSync(node, args, { cwd: root, stdio: 'inherit' })
  if (error ?? signal) throw error ?? new Error(`Node ${name} ended with ${signal}.`)
  return readFileSync(path, 'utf8').trim().split('\n')
}
