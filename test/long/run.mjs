/**
 * Runs the slower suites one after the other: `npm run test:long`, or `npm run test:long -- WORD` for those with that word.
 *
 * What has passed at this commit is not run again. Results are in `test-results/long/<commit>.json`, written after each step.
 */

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { steps as allSteps } from './steps.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const write = (text) => process.stdout.write(`${text}\n`)

/** Runs what has not passed yet; returns the results of all steps. */
export async function runSteps(steps, file, { runStep = run } = {}) {
  const results = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  for (const step of steps) {
    if (results[step.name]?.failed === 0) {
      write(`--- done before: ${step.name}`)
      continue
    }
    write(`=== ${step.name}`)
    const began = Date.now()
    const { passed, failed } = await runStep(step)
    results[step.name] = { passed, failed, seconds: Math.round((Date.now() - began) / 1000) }
    writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`)
  }
  return steps.map(({ name }) => results[name])
}

/** Counts by the last closing line; a run that ends badly without a failed test has failed once more. */
export function countOf(output, exitCode) {
  const [, passed, failed] =
    output
      .match(/^(\d+) passed, (\d+) failed/gm)
      ?.at(-1)
      ?.match(/(\d+)\D+(\d+)/) ?? []
  if (passed === undefined)
    return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  const isCrash = exitCode !== 0 && failed === '0'
  return { passed: Number(passed), failed: isCrash ? 1 : Number(failed) }
}

async function run({ command: [program, ...args], env = {} }) {
  const options = {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  }
  const child = spawn(program, args, options)
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    process.stdout.write(text)
    // The closing line is at the end, and a night's output is long.
    output = (output + text).slice(-10_000)
  })
  const [exitCode] = await once(child, 'close')
  return countOf(output, exitCode)
}

/** The commit, and what is changed on top of it, if anything is. */
function commitOf() {
  const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout.trim()
  return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') && '-changed'}`
}

async function main([word = '']) {
  const steps = allSteps.filter(({ name }) => name.includes(word))
  if (steps.length === 0) throw new Error(`No step has “${word}” in its name.`)
  const folder = join(root, 'test-results/long')
  mkdirSync(folder, { recursive: true })
  const commit = commitOf()
  const file = join(folder, `${commit}.json`)
  // Of what is not committed, nobody knows whether it is still the same.
  if (commit.endsWith('-changed')) rmSync(file, { force: true })
  const results = await runSteps(steps, file)
  const sum = (field) => results.reduce((total, result) => total + result[field], 0)
  write(`${sum('passed')} passed, ${sum('failed')} failed`)
  process.exitCode = sum('failed') === 0 ? 0 : 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2))
