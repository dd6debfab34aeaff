#!/usr/bin/env node
import { run } from './run.js'

const end = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => end.abort())

process.exitCode = await run(process.argv.slice(2), {
  write: (line) => void process.stdout.write(`${line}\n`),
  writeError: (line) => void process.stderr.write(`${line}\n`),
  env: process.env,
  fetch: (request) => fetch(request),
  now: () => new Date(),
  signal: end.signal,
})
