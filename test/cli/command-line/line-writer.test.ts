import { Writable } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { lineWriter } from '../../../src/cli/command-line/line-writer.js'

/** A stream whose every write fails, and the lines that were tried. */
function failingStream(code: string) {
  const tried: string[] = []
  const stream = new Writable({
    autoDestroy: false,
    write(chunk, _, callback) {
      tried.push(String(chunk))
      callback(Object.assign(new Error(`${code}: write`), { code }))
    },
  })
  return { stream, tried }
}

test('stops writing, and says so once, when the reader has left', async () => {
  const { stream, tried } = failingStream('EPIPE')
  const events = { onReaderLeft: vi.fn(), onFailure: vi.fn() }
  const write = lineWriter(stream, events)
  write('a')
  write('b')
  await vi.waitFor(() => expect(events.onReaderLeft).toHaveBeenCalled())
  write('c')

  expect(tried).not.toContain('c\n')
  expect(events.onReaderLeft).toHaveBeenCalledTimes(1)
  expect(events.onFailure).not.toHaveBeenCalled()
})

test('tells a full disk from a reader that has left', async () => {
  const events = { onReaderLeft: vi.fn(), onFailure: vi.fn() }
  lineWriter(failingStream('ENOSPC').stream, events)('a')

  await vi.waitFor(() => expect(events.onFailure).toHaveBeenCalledTimes(1))
  expect(events.onReaderLeft).not.toHaveBeenCalled()
})
