import { fileURLToPath } from 'node:url'
import type { LineOptions } from './line/start-line.js'
import { runRounds } from './measure/run-rounds.js'
import { type Stage, startStage } from './measure/start-stage.js'
import { makeTemporaryDirectory } from './measure/temporary-directory.js'
import { type BenchOptions, readCommandLine, usage } from './plan/command-line.js'
import type { Load } from './plan/loads.js'
import { type BenchResult, summarize } from './report/bench-result.js'
import { formatTable, nameOf } from './report/format-table.js'
import { readResults, writeResults } from './report/results-file.js'

/** A connection alone carries 12.8 MB/s at 60 ms, six together use up the line. */
const line: Omit<LineOptions, 'roundTripMs'> = { windowBytes: 768_000, bytesPerSecond: 70_000_000 }

const output = fileURLToPath(new URL('results.json', import.meta.url))

try {
  await runAll(readCommandLine(process.argv.slice(2), output))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n\n${usage}`)
  process.exitCode = 1
}

async function runAll(options: BenchOptions): Promise<void> {
  if (options.show) {
    process.stdout.write(formatTable(await readResults(options.output)))
    return
  }
  const directory = await makeTemporaryDirectory()
  const results: BenchResult[] = []
  const overLine = options.loads.filter(({ isLoopback }) => !isLoopback)
  const overLoopback = options.loads.filter(({ isLoopback }) => isLoopback)
  const { roundTripMs } = options
  for (const [loads, lineOptions] of [
    [overLine, { ...line, roundTripMs }],
    [overLoopback, undefined],
  ] as const) {
    if (loads.length === 0) continue
    const stage = await startStage(directory, { line: lineOptions, before: options.before })
    try {
      for (const load of loads) results.push(...(await runLoad(stage, load, options)))
    } finally {
      await stage.close()
    }
  }
  process.stdout.write(`\n${formatTable(results)}\n`)
}

async function runLoad(stage: Stage, load: Load, options: BenchOptions): Promise<BenchResult[]> {
  const all = await runRounds(stage, load, {
    options,
    onRun(contestant, { durationMs, lostFiles, error }) {
      const trouble = lostFiles > 0 || error ? `, ${lostFiles} files lost: ${error}` : ''
      const seconds = (durationMs / 1000).toFixed(2)
      process.stdout.write(`${load.name}: ${nameOf(contestant)} ${seconds} s${trouble}\n`)
    },
  })
  const results = summarize(load, load.isLoopback ? 0 : options.roundTripMs, all)
  await writeResults(options.output, results)
  return results
}
