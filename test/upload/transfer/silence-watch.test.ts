import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { createXhrTransport } from '../../../src/upload/transfer/xhr-transport.js'
import { ScriptedXhr } from './scripted-xhr.js'

const mebibyte = 2 ** 20

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('XMLHttpRequest', ScriptedXhr)
  ScriptedXhr.requests = []
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** A page in a browser that reports progress, unless a service worker stands between. */
function openPage({ isControlled = false, isSilent = false } = {}) {
  vi.stubGlobal('navigator', { serviceWorker: { controller: isControlled ? {} : null } })
  const asked: string[] = []
  const transport = createXhrTransport(systemRuntime, {
    isSilent: async (origin) => {
      asked.push(origin)
      return isSilent
    },
  })
  const send = (size = 20 * mebibyte, body: Blob | FormData = new Blob([new Uint8Array(size)])) => {
    const seen = { end: 'none' }
    transport
      .send({
        method: 'PUT',
        url: 'https://bucket.test/a?signature',
        headers: {},
        body,
        signal: new AbortController().signal,
        onProgress: () => {},
      })
      .then(
        () => Object.assign(seen, { end: 'answered' }),
        ({ code }) => Object.assign(seen, { end: code }),
      )
    const xhr = ScriptedXhr.requests.at(-1)
    if (!xhr) throw new Error('Nothing was sent.')
    return { xhr, seen }
  }
  return { send, asked }
}

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000)

describe('where no progress is ever reported', () => {
  it.each([
    ['behind a service worker', true],
    ['by a browser of which nothing is known yet', false],
  ])('%s, 20 MiB at 100 kB/s go through', async (_name, isControlled) => {
    const { send } = openPage({ isControlled })
    const { xhr, seen } = send()

    await pass(210)
    expect(seen.end).toBe('none')
    xhr.answers()
    await pass(0)

    expect(seen.end).toBe('answered')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('by a form either', async () => {
    const { send } = openPage({ isControlled: true })
    const form = new FormData()
    form.append('key', 'a')
    form.append('file', new Blob([new Uint8Array(20 * mebibyte)]))
    const { seen } = send(0, form)

    await pass(210)

    expect(seen.end).toBe('none')
  })

  it('a worker that takes over a page which has seen progress lengthens the wait too', async () => {
    const { send } = openPage()
    const first = send()
    first.xhr.reports(1000, 20 * mebibyte)
    first.xhr.answers()
    vi.stubGlobal('navigator', { serviceWorker: { controller: {} } })
    const { seen } = send()

    await pass(600)

    expect(seen.end).toBe('none')
  })

  it('a storage that answers nothing at all is given up', async () => {
    const { send, asked } = openPage({ isControlled: true, isSilent: true })
    const { seen } = send()

    await pass(121)

    expect(seen.end).toBe('stalled')
    expect(asked).toEqual(['https://bucket.test'])
  })

  it('a request that takes longer than its size explains is given up', async () => {
    const { send } = openPage({ isControlled: true })
    const { seen } = send(mebibyte)

    await pass(240)
    expect(seen.end).toBe('none')
    await pass(130)

    expect(seen.end).toBe('stalled')
  })

  it('nothing is asked while all connections are taken, since the question would wait too', async () => {
    const { send, asked } = openPage({ isControlled: true, isSilent: true })
    const sent = Array.from({ length: 6 }, () => send())

    await pass(300)

    expect(asked).toEqual([])
    expect(sent.map(({ seen }) => seen.end)).toEqual(Array(6).fill('none'))
  })
})

describe('where progress is reported', () => {
  it('a request without a first byte is given up after two minutes', async () => {
    const { send } = openPage()
    const first = send()
    first.xhr.reports(1000, 20 * mebibyte)
    const { seen } = send()

    await pass(121)

    expect(seen.end).toBe('stalled')
  })

  it('bytes that stop are given up after half a minute', async () => {
    const { send } = openPage()
    const { xhr, seen } = send()
    xhr.reports(1000, 20 * mebibyte)

    await pass(29)
    expect(seen.end).toBe('none')
    await pass(2)

    expect(seen.end).toBe('stalled')
  })

  it('the answer is waited for when all is sent, also where `load` comes only with it', async () => {
    const { send } = openPage()
    const { xhr, seen } = send()
    xhr.reports(20 * mebibyte, 20 * mebibyte)

    await pass(60)
    expect(seen.end).toBe('none')
    xhr.upload.onload?.()
    xhr.answers()
    await pass(0)

    expect(seen.end).toBe('answered')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('a line of which long silences were seen is waited for longer', async () => {
    const { send } = openPage()
    const first = send()
    first.xhr.reports(1000, 20 * mebibyte)
    await pass(31)
    const second = send()
    second.xhr.reports(1000, 20 * mebibyte)
    await pass(50)
    second.xhr.reports(20 * mebibyte, 20 * mebibyte)
    second.xhr.answers()
    const third = send()
    third.xhr.reports(1000, 20 * mebibyte)
    await pass(50)

    expect([first, second, third].map(({ seen }) => seen.end)).toEqual([
      'stalled',
      'answered',
      'none',
    ])
  })
})
