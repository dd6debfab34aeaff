import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import type { TransportRequest } from '../../../src/upload/transfer/http-transport.js'
import { sendBytes } from '../../../src/upload/transfer/send-bytes.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A request of which nothing more is heard after its first progress, if there is any, until it is ended. */
function sendInSilence(source: Blob, { progress }: { readonly progress: boolean }) {
  const transport = {
    send: ({ signal, onProgress }: TransportRequest) =>
      new Promise<never>((_, reject) => {
        if (progress) onProgress(1, source.size)
        signal.addEventListener('abort', () => reject(signal.reason))
      }),
  }
  const { signal } = new AbortController()
  const request = {
    method: 'PUT' as const,
    url: '/',
    headers: {},
    body: source,
    signal,
    onProgress() {},
  }
  return sendBytes({ transport, request, source, runtime: systemRuntime })
}

function fileThatHasChanged(): Blob {
  const source = new Blob(['hello'])
  source.slice = () =>
    Object.assign(new Blob(['h']), {
      arrayBuffer: () => Promise.reject(new DOMException('changed', 'NotReadableError')),
    })
  return source
}

it('ends a request whose file can be read no longer, though the browser lets it hang', async () => {
  const sending = sendInSilence(fileThatHasChanged(), { progress: true })
  const refused = expect(sending).rejects.toMatchObject({ code: 'file-unreadable' })
  await vi.advanceTimersByTimeAsync(10_000)

  await refused
})

it.each([
  ['whose file can be read: the line may be slow', () => new Blob(['hello']), true],
  ['without progress: all its bytes may have been read before', fileThatHasChanged, false],
])('lets a request be %s', async (_why, fileOf, progress) => {
  let isOver = false
  const end = () => {
    isOver = true
  }
  sendInSilence(fileOf(), { progress }).then(end, end)

  await vi.advanceTimersByTimeAsync(60_000)

  expect(isOver).toBe(false)
})
