import { expect, it, vi } from 'vitest'
import { createSigningClient } from '../../src/upload/signing-client.js'

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
