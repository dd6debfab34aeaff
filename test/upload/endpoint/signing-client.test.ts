import { describe, expect, it, vi } from 'vitest'
import { createSigningClient } from '../../../src/upload/endpoint/signing-client.js'

const file = { id: crypto.randomUUID(), name: 'a.txt', type: 'text/plain', size: 5 }
const signed = {
  id: file.id,
  method: 'POST',
  url: 'https://bucket.test/',
  fields: { key: 'k' },
  key: 'k',
  token: 't',
  expiresInSeconds: 600,
}
const { signal } = new AbortController()

function clientAnswering(answer: () => Response | Promise<Response>, options = {}) {
  const fetch = vi.fn(async (_url: unknown, _init?: RequestInit) => await answer())
  const client = createSigningClient({
    endpoint: '/api/s3',
    fetch: fetch as typeof globalThis.fetch,
    ...options,
  })
  return { fetch, sign: () => client.signUploads([file], { attempt: 1, signal }) }
}

it('posts JSON with the headers of the app, asked for every request', async () => {
  const headers = vi.fn(async () => ({ 'x-csrf': 'token' }))
  const { fetch, sign } = clientAnswering(() => Response.json({ files: [signed] }), { headers })

  await sign()
  await sign()

  const init = fetch.mock.calls[0]?.[1]
  expect(headers).toHaveBeenCalledTimes(2)
  expect(init).toMatchObject({
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', 'x-csrf': 'token' },
  })
  expect(JSON.parse(String(init?.body))).toEqual({
    operation: 'sign-uploads',
    files: [file],
    attempt: 1,
  })
})

it('gives the answers in the order of the files', async () => {
  const refused = {
    id: file.id,
    error: { code: 'file-too-large', message: 'Too large.', retryable: false },
  }
  const client = createSigningClient({
    endpoint: '/api/s3',
    fetch: async () => Response.json({ files: [signed, refused] }),
  })

  const answers = await client.signUploads([file, file], { attempt: 1, signal })

  expect(answers).toEqual([signed, refused])
})

it('carries the refusal of the endpoint, and how long it asks to wait', async () => {
  const body = { error: { code: 'rate-limited', message: 'Busy.', retryable: true } }
  const { sign } = clientAnswering(() =>
    Response.json(body, { status: 429, headers: { 'retry-after': '7' } }),
  )

  await expect(sign()).rejects.toMatchObject({
    name: 'EndpointError',
    code: 'rate-limited',
    message: 'Busy.',
    retryable: true,
    status: 429,
    retryAfterSeconds: 7,
  })
})

it.each([
  ['an HTML page', () => new Response('<html>', { status: 200 }), false],
  ['a proxy’s error page', () => new Response('<html>Bad gateway</html>', { status: 502 }), true],
  ['JSON of something else', () => Response.json({ hello: 1 }), false],
  ['fewer answers than files', () => Response.json({ files: [] }), false],
])('says so when the endpoint answers with %s', async (_name, answer, retryable) => {
  const { sign } = clientAnswering(answer)

  await expect(sign()).rejects.toMatchObject({ code: 'endpoint-answer', retryable })
})

it('tells a dead line from a refusal', async () => {
  const { sign } = clientAnswering(() => Promise.reject(new TypeError('Failed to fetch')))

  await expect(sign()).rejects.toMatchObject({
    code: 'endpoint-unreachable',
    status: 0,
    retryable: true,
  })
})

it('rejects with the reason of the signal when aborted', async () => {
  const controller = new AbortController()
  const client = createSigningClient({
    endpoint: '/api/s3',
    fetch: async () => {
      controller.abort(new Error('enough'))
      throw new TypeError('Failed to fetch')
    },
  })

  const promise = client.completeUploads(['t'], { signal: controller.signal })

  await expect(promise).rejects.toThrow('enough')
})

it('halves a batch that is too large for the server, and keeps the order', async () => {
  const sizes: number[] = []
  const client = createSigningClient({
    endpoint: '/api/s3',
    fetch: async (_url, init) => {
      const { files } = JSON.parse(String(init?.body)) as { files: (typeof file)[] }
      sizes.push(files.length)
      if (files.length > 2) return new Response('Payload too large', { status: 413 })
      return Response.json({ files: files.map(({ id }) => ({ ...signed, id, token: id })) })
    },
  })
  const files = Array.from({ length: 5 }, () => ({ ...file, id: crypto.randomUUID() }))

  const answers = await client.signUploads(files, { attempt: 1, signal })

  expect(answers.map((answer) => answer.id)).toEqual(files.map(({ id }) => id))
  expect(sizes).toEqual([5, 3, 2, 1, 2])
})

it('keeps the answers of the first half when the second is refused', async () => {
  let requests = 0
  const client = createSigningClient({
    endpoint: '/api/s3',
    fetch: async (_url, init) => {
      requests += 1
      if (requests === 1) return new Response('Payload too large', { status: 413 })
      if (requests > 2) return new Response('Busy', { status: 503 })
      const { files } = JSON.parse(String(init?.body)) as { files: (typeof file)[] }
      return Response.json({ files: files.map(({ id }) => ({ ...signed, id })) })
    },
  })
  const files = Array.from({ length: 3 }, () => ({ ...file, id: crypto.randomUUID() }))

  const answers = await client.signUploads(files, { attempt: 1, signal })

  expect(answers.slice(0, 2).map((answer) => answer.id)).toEqual([files[0]?.id, files[1]?.id])
  expect(answers[2]).toMatchObject({ error: { retryable: true } })
})

it('refuses answers in another order than the files', async () => {
  const other = { ...file, id: crypto.randomUUID() }
  const client = createSigningClient({
    endpoint: '/api/s3',
    fetch: async () => Response.json({ files: [{ ...signed, id: other.id }, signed] }),
  })

  const promise = client.signUploads([file, other], { attempt: 1, signal })

  await expect(promise).rejects.toMatchObject({ code: 'endpoint-answer', retryable: false })
})

it.each([
  ['as seconds', '7'],
  ['as a date', new Date(Date.now() + 8000).toUTCString()],
])('honours Retry-After %s, also of a proxy', async (_form, retryAfter) => {
  const { sign } = clientAnswering(
    () => new Response('busy', { status: 503, headers: { 'retry-after': retryAfter } }),
  )

  const error = await sign().catch((thrown: { retryAfterSeconds: number }) => thrown)

  expect(error).toMatchObject({ retryable: true })
  expect(
    Math.round((error as { retryAfterSeconds: number }).retryAfterSeconds),
  ).toBeGreaterThanOrEqual(6)
})

it('tries JSON that broke off once more', async () => {
  const { sign } = clientAnswering(
    () => new Response('{"files":[', { headers: { 'content-type': 'application/json' } }),
  )

  await expect(sign()).rejects.toMatchObject({ code: 'endpoint-answer', retryable: true })
})

it('takes an endpoint that never answers for unreachable', async () => {
  vi.useFakeTimers()
  const client = createSigningClient({
    endpoint: '/api/s3',
    fetch: (_url, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      }),
  })

  const outcome = client.signUploads([file], { attempt: 1, signal }).catch((error) => error)
  await vi.advanceTimersByTimeAsync(60_000)
  vi.useRealTimers()

  expect(await outcome).toMatchObject({ code: 'endpoint-unreachable', retryable: true })
})

describe('an endpoint on another origin without CORS', () => {
  it('is named as a possible cause, not the internet connection alone', async () => {
    const client = createSigningClient({
      endpoint: 'https://api.other.test/s3',
      fetch: async () => {
        throw new TypeError('Failed to fetch')
      },
    })
    const { signal } = new AbortController()
    const message = await client.listParts('t', { signal }).catch((error: Error) => error.message)
    expect(message).toMatch(/CORS|Content-Security-Policy/)
  })
})
