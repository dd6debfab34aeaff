#!/usr/bin/env node
import { exitCodes } from './command-line/command-error.js'
import { lineWriter } from './command-line/line-writer.js'
import { run } from './run.js'

const end = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => end.abort())

const endInFailure = () => {
  process.exitCode = exitCodes.failure
  end.abort()
}
const writeError = lineWriter(process.stderr, { onFailure: endInFailure })
const write = lineWriter(process.stdout, {
  // The result has no reader any more.
  onReaderLeft: () => end.abort(),
  onFailure: ({ message }) => {
    writeError(`s3-direct-upload: standard output cannot be written: ${message}.`)
    endInFailure()
  },
})

const exitCode = await run(process.argv.slice(2), {
  write,
  writeError,
  env: process.env,
  fetch: (request) => fetch(request),
  now: () => new Date(),
  signal: end.signal,
})
process.exitCode ||= exitCode
