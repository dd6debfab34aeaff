import './install.js'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { runScenario } from './run/run-scenario.js'
import { drawScenario } from './scenario/draw-scenario.js'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    file: { type: 'string' },
    trace: { type: 'boolean', default: false },
  },
})

const print = (text: string) => process.stdout.write(`${text}\n`)

if (values.seed ?? values.file) {
  const scenario = values.file
    ? JSON.parse(readFileSync(values.file, 'utf8'))
    : drawScenario(Number(values.seed))
  print(JSON.stringify(scenario))
  const result = await runScenario(scenario, { isTraced: values.trace })
  if (values.trace) print(result.lines.join('\n'))
  print(
    JSON.stringify(
      { ...result, scenario: undefined, requests: result.requests.length, lines: undefined },
      null,
      2,
    ),
  )
} else {
  const from = Number(values.from)
  const count = Number(values.seeds)
  const began = process.hrtime.bigint()
  let steps = 0
  const classes = new Map<string, { count: number; seeds: number[]; example: string }>()
  for (let seed = from; seed < from + count; seed += 1) {
    let problems: readonly string[]
    try {
      const result = await runScenario(drawScenario(seed))
      problems = result.problems
      steps += result.steps
    } catch (error) {
      problems = [`BROKE ${(error as Error).stack?.split('\n').slice(0, 3).join(' | ')}`]
    }
    for (const problem of problems) {
      const key = problem
        .replace(/\d+\.bin/g, 'F')
        .replace(/[0-9a-f-]{20,}/g, '…')
        .replace(/\d+/g, '#')
        .slice(0, 90)
      const known = classes.get(key) ?? { count: 0, seeds: [], example: problem }
      known.count += 1
      if (!known.seeds.includes(seed)) known.seeds.push(seed)
      classes.set(key, known)
    }
  }
  const seconds = Number(process.hrtime.bigint() - began) / 1e9
  print(
    `${count} seeds in ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(1)}/s, ${(steps / count).toFixed(0)} steps a seed, ${(steps / seconds / 1000).toFixed(0)}k steps/s`,
  )
  for (const { count: hits, seeds, example } of [...classes.values()].sort(
    (a, b) => b.count - a.count,
  )) {
    print(`${hits}x seeds ${seeds.slice(0, 8).join(' ')} :: ${example.slice(0, 300)}`)
  }
}
process.exit(0)
