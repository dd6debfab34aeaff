import { mkdtemp, rm } from 'node:fs/promises'
import {
  type ClientHttp2Session,
  connect,
  constants,
  createServer,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import fastify from 'fastify'
import { createServer as createViteServer } from 'vite'
import { afterEach, describe, expect, it } from 'vitest'
import { createSigningHandler } from '../../../src/server/create-signing-handler.js'
import { maxBodyBytes } from '../../../src/server/http/request-body.js'
import { rawResponse } from '../../../src/server/node/send-response.js'
import { toNodeListener } from '../../../src/server/node/to-node-listener.js'
import { makeCertificate } from '../../support/certificate.js'
import { file, options } from '../handler-setup.js'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const otherOrigin = 'https://app.example.com'
const listener = toNodeListener(createSigningHandler({ ...options, allowedOrigins: [otherOrigin] }))
const signing = JSON.stringify({ operation: 'sign-uploads', files: [file()] })
const json = { 'content-type': 'application/json' }

async function listen(answer = listener): Promise<string> {
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  // A server that listens on a port has an address of this form.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function listenWithFastify(): Promise<string> {
  const app = fastify({ http2: true })
  app.all('/api/s3', listener)
  closing.push(() => app.close())
  return app.listen({ port: 0, host: '127.0.0.1' })
}

/** Its middlewares get HTTP/2 requests from every browser. */
async function listenWithVite(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'vite-https-'))
  const vite = await createViteServer({
    configFile: false,
    root,
    cacheDir: join(root, 'cache'),
    logLevel: 'silent',
    optimizeDeps: { noDiscovery: true },
    server: {
      host: '127.0.0.1',
      port: 0,
      https: { ...makeCertificate() },
      hmr: false,
      ws: false,
      watch: null,
      cors: false,
    },
    plugins: [
      {
        name: 'signing',
        configureServer: ({ middlewares }) => void middlewares.use('/api/s3', listener),
      },
    ],
  })
  closing.push(() => rm(root, { recursive: true }))
  closing.push(() => vite.close())
  await vite.listen()
  // Vite names the address with a slash at its end.
  return new URL(String(vite.resolvedUrls?.local[0])).origin
}

function openSession(url: string): ClientHttp2Session {
  const session = connect(url, { rejectUnauthorized: false })
  closing.push(() => session.destroy())
  return session
}

interface Answer {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

async function ask(
  session: ClientHttp2Session,
  headers: OutgoingHttpHeaders,
  body?: string,
): Promise<Answer> {
  const stream = session.request({ ':path': '/api/s3', ...headers })
  const answered = new Promise<IncomingHttpHeaders>((resolve, reject) => {
    stream.once('response', resolve).once('error', reject)
  })
  stream.end(body)
  const answer = await answered
  return { status: Number(answer[':status']), headers: answer, body: await text(stream) }
}

const servers: Record<string, () => Promise<string>> = {
  'node:http2': () => listen(),
  'Fastify with HTTP/2': listenWithFastify,
  'the Vite dev server with https': listenWithVite,
}

describe.each(Object.entries(servers))('HTTP/2 under %s', (_, start) => {
  it('the handler answers and refuses', async () => {
    const session = openSession(await start())

    const signed = await ask(session, { ':method': 'POST', ...json }, signing)
    const refused = await ask(session, { ':method': 'GET' })

    expect(signed).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
    expect(JSON.parse(signed.body)).toMatchObject({ files: [{ id: file().id, method: 'POST' }] })
    expect(refused.status).toBe(405)
  })

  it('pages of the same origin and of allowed ones are let in', async () => {
    const url = await start()
    const session = openSession(url)
    const post = (origin: string) => ask(session, { ':method': 'POST', ...json, origin }, signing)

    const statuses = [await post(url), await post(otherOrigin), await post('https://evil.example')]
    const preflight = await ask(session, { ':method': 'OPTIONS', origin: otherOrigin })

    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 403])
    expect(preflight).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-origin': otherOrigin },
    })
  })
})

describe('toNodeListener over HTTP/2', () => {
  it('hands over method, address and headers, and sends every cookie', async () => {
    const seen: unknown[] = []
    const url = await listen(
      toNodeListener(async (request) => {
        seen.push(request.method, request.url, Object.fromEntries(request.headers))
        const headers = new Headers()
        headers.append('set-cookie', 'a=1')
        headers.append('set-cookie', 'b=2')
        return new Response(await request.text(), { status: 201, headers })
      }),
    )
    const headers = { ':method': 'PUT', ':path': '/a?b=c', cookie: 'd=4; e=5' }

    const answer = await ask(openSession(url), headers, 'body')

    expect(seen).toEqual(['PUT', `${url}/a?b=c`, { cookie: 'd=4; e=5' }])
    expect(answer).toMatchObject({
      status: 201,
      body: 'body',
      headers: { 'set-cookie': ['a=1', 'b=2'] },
    })
  })

  it('takes the scheme that the request names, as behind a proxy that ends TLS', async () => {
    const url = await listen(toNodeListener(async (request) => new Response(request.url)))
    const headers = { ':scheme': 'https', ':authority': 'app.example.com', ':path': '/a' }

    const answer = await ask(openSession(url), headers)

    expect(answer.body).toBe('https://app.example.com/a')
  })

  it('refuses a body that is too long, and serves the next request', async () => {
    const session = openSession(await listen())

    const refused = await ask(
      session,
      { ':method': 'POST', ...json },
      'x'.repeat(maxBodyBytes + 500_000),
    )
    const signed = await ask(session, { ':method': 'POST', ...json }, signing)

    expect([refused.status, signed.status]).toEqual([413, 200])
  })

  it('tells the handler when the client has gone before', async () => {
    const seen = Promise.withResolvers<boolean>()
    const arrived = Promise.withResolvers<void>()
    const answer = toNodeListener(async ({ signal }) => {
      seen.resolve(signal.aborted)
      return new Response()
    })
    const url = await listen(async (request, response) => {
      rawResponse(response).once('close', () => void answer(request, response))
      arrived.resolve()
    })
    const stream = openSession(url)
      .request({ ':path': '/' })
      .on('error', () => {})
    stream.end()
    await arrived.promise
    stream.close(constants.NGHTTP2_CANCEL)

    await expect(seen.promise).resolves.toBe(true)
  })

  it('tells the handler when the client goes away', async () => {
    const started = Promise.withResolvers<void>()
    const aborted = Promise.withResolvers<void>()
    const settled = Promise.withResolvers<void>()
    const answer = toNodeListener(async ({ signal }) => {
      signal.addEventListener('abort', () => aborted.resolve())
      started.resolve()
      await aborted.promise
      return new Response('late')
    })
    const url = await listen(async (request, response) => {
      await answer(request, response)
      settled.resolve()
    })
    const stream = openSession(url)
      .request({ ':path': '/' })
      .on('error', () => {})
    await started.promise
    stream.close()

    await expect(settled.promise).resolves.toBeUndefined()
  })
})
