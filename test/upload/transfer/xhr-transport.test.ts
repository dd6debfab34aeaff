import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { systemRuntime } from '../../../src/async/runtime.js'
import { createXhrTransport } from '../../../src/upload/transfer/xhr-transport.js'

let stop = async () => {}
/** What the last server was asked with. */
let methods: (string | undefined)[] = []
afterEach(() => stop())

/** A server on another origin that lets every page in, as soon as it gets round to it. */
async function serve(listener: RequestListener, preflightMs = 0): Promise<string> {
  methods = []
  const server = createServer((request, response) => {
    methods.push(request.method)
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', '*')
    response.setHeader('access-control-allow-methods', '*')
    if (request.method === 'OPTIONS') setTimeout(() => response.end(), preflightMs)
    else listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const request = (url: string, signal = new AbortController().signal) => ({
  method: 'PUT' as const,
  url,
  headers: { 'content-type': 'text/plain' },
  body: new Blob(['hello']),
  signal,
  onProgress: () => {},
})

it('sends the body with its headers and gives back status and text', async () => {
  const url = await serve((incoming, response) => {
    const type = incoming.headers['content-type']
    incoming.on('data', (chunk) => response.writeHead(201).end(`${type}: ${chunk}`))
  })

  const response = await createXhrTransport(systemRuntime).send(request(url))

  expect(response).toEqual({ status: 201, body: 'text/plain: hello' })
})

it('reports progress up to all bytes', async () => {
  const url = await serve((incoming, response) => {
    incoming.resume().on('end', () => response.end())
  })
  const seen: number[] = []

  await createXhrTransport(systemRuntime).send({
    ...request(url),
    onProgress: (sent) => seen.push(sent),
  })

  expect(seen.at(-1)).toBe(5)
})

it.each([
  { wantsProgress: true, methods: ['OPTIONS', 'POST'] },
  { wantsProgress: false, methods: ['POST'] },
])('posts a form with $methods where wantsProgress is $wantsProgress', async (expected) => {
  const url = await serve((incoming, response) => {
    incoming.resume().on('end', () => response.end())
  })
  const body = new FormData()
  body.append('file', new Blob(['hello']))
  const { wantsProgress } = expected

  await createXhrTransport(systemRuntime).send({
    ...request(url),
    method: 'POST',
    headers: {},
    body,
    wantsProgress,
  })

  expect(methods).toEqual(expected.methods)
})

it('gives up a connection that falls silent', async () => {
  const url = await serve((incoming) => incoming.resume())
  const transport = createXhrTransport(systemRuntime, {
    stallTimeoutSeconds: 0.2,
    answerTimeoutSeconds: 0.2,
  })

  await expect(transport.send(request(url))).rejects.toMatchObject({
    name: 'NetworkError',
    code: 'stalled',
  })
})

it('tells a closed connection as a network error that names the possible causes', async () => {
  const url = await serve((incoming) => {
    incoming.socket.destroy()
  })
  // jsdom reports failed requests on the console as well.
  console.error = () => {}

  await expect(createXhrTransport(systemRuntime).send(request(url))).rejects.toMatchObject({
    code: 'network',
    message: expect.stringContaining('CORS'),
  })
})

it('rejects with the reason of the signal when aborted', async () => {
  const controller = new AbortController()
  const url = await serve(() => controller.abort(new Error('enough')))

  await expect(
    createXhrTransport(systemRuntime).send(request(url, controller.signal)),
  ).rejects.toThrow('enough')
})

it('listens to nothing any more when the answer is there', async () => {
  const url = await serve((_incoming, response) => response.end())
  const { signal } = new AbortController()
  const [added, removed] = [
    [vi.spyOn(signal, 'addEventListener'), vi.spyOn(document, 'addEventListener')],
    [vi.spyOn(signal, 'removeEventListener'), vi.spyOn(document, 'removeEventListener')],
  ]

  await createXhrTransport(systemRuntime).send(request(url, signal))

  const listeners = (spies: typeof added | typeof removed) =>
    spies.flatMap(({ mock }) => mock.calls.map(([type, listener]) => [type, listener]))
  expect(listeners(added).map(([type]) => type)).toEqual(['abort', 'securitypolicyviolation'])
  expect(listeners(removed)).toEqual(listeners(added))
  // Those that another signal removes are held weakly.
  expect(added.flatMap(({ mock }) => mock.calls.map(([, , options]) => options))).toEqual([
    undefined,
    undefined,
  ])
})

it('does not begin when aborted before', async () => {
  let requests = 0
  const url = await serve(() => {
    requests += 1
  })

  await expect(
    createXhrTransport(systemRuntime).send(request(url, AbortSignal.abort())),
  ).rejects.toThrow()
  expect(requests).toBe(0)
})

/** What a browser tells of a request that a policy is about. */
function violate(url: string, { disposition = 'enforce', effectiveDirective = 'connect-src' }) {
  const facts = { blockedURI: new URL(url).origin, disposition, effectiveDirective }
  document.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), facts))
}

it('tells that a Content-Security-Policy forbids the request', async () => {
  const url = await serve(() => violate(url, {}))

  await expect(createXhrTransport(systemRuntime).send(request(url))).rejects.toMatchObject({
    code: 'blocked-by-policy',
    message: expect.stringContaining(new URL(url).origin),
  })
})

it.each([
  ['a policy that only reports', { disposition: 'report' }],
  ['a policy for pictures', { effectiveDirective: 'img-src' }],
])('is not stopped by %s', async (_, violation) => {
  const url = await serve((incoming, response) => {
    violate(url, violation)
    incoming.resume().on('end', () => response.end('stored'))
  })

  expect(await createXhrTransport(systemRuntime).send(request(url))).toMatchObject({
    body: 'stored',
  })
})

it('gives a request more time that waits for a connection', async () => {
  const url = await serve((incoming, response) => {
    incoming.resume().on('end', () => response.end('stored'))
  }, 300)
  const transport = createXhrTransport(systemRuntime, {
    stallTimeoutSeconds: 0.1,
    answerTimeoutSeconds: 10,
  })

  expect(await transport.send(request(url))).toMatchObject({ body: 'stored' })
})
