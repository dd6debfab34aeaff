import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { sendBytes } from '../../../src/upload/transfer/send-bytes.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A request of which nothing is heard, until it is ended. */
function sendInSilence(source: Blob) {
  const transport = {
    send: ({ signal }: { readonly signal: AbortSignal }) =>
      new Promise<never>((_, reject) => {
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
  return sendBytes({ transport, request, source })
}

it('ends a request whose file can be read no longer, though the browser lets it hang', async () => {
  const source = new Blob(['hello'])
  source.slice = () =>
    Object.assign(new Blob(['h']), {
      arrayBuffer: () => Promise.reject(new DOMException('changed', 'NotReadableError')),
    })

  const refused = expect(sendInSilence(source)).rejects.toMatchObject({ code: 'file-unreadable' })
  await vi.advanceTimersByTimeAsync(10_000)

  await refused
})

it('lets a request be whose file can be read: the line may be slow', async () => {
  let isOver = false
  void sendInSilence(new Blob(['hello'])).finally(() => {
    isOver = true
  })

  await vi.advanceTimersByTimeAsync(60_000)

  expect(isOver).toBe(false)
})
