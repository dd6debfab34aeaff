import {
  Agent,
  type ClientRequest,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import express from 'express'
import fastify from 'fastify'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createSigningHandler } from '../../../src/server/create-signing-handler.js'
import { maxBodyBytes } from '../../../src/server/http/request-body.js'
import { toNodeListener } from '../../../src/server/node/to-node-listener.js'
import { errorOf, file, options } from '../handler-setup.js'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const listener = toNodeListener(createSigningHandler(options))
const signing = JSON.stringify({ operation: 'sign-uploads', files: [file()] })

async function listen(handle: RequestListener): Promise<string> {
  const server: Server = createServer(handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  // A server that listens on a port has such an address.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const hosts: Record<string, () => Promise<string>> = {
  'node:http': () => listen(listener),
  Express: () => listen(express().all('/api/s3', listener)),
  'Express with express.json()': () =>
    listen(express().use(express.json()).all('/api/s3', listener)),
  'Express with express.text()': () =>
    listen(
      express()
        .use(express.text({ type: '*/*' }))
        .all('/api/s3', listener),
    ),
  'Express with express.raw()': () =>
    listen(
      express()
        .use(express.raw({ type: '*/*' }))
        .all('/api/s3', listener),
    ),
  'an Express router': () => {
    const router = express.Router().all('/s3', listener)
    return listen(express().use(express.json()).use('/api', router))
  },
  Fastify: async () => {
    const app = fastify()
    app.all('/api/s3', listener)
    closing.push(() => app.close())
    return app.listen({ port: 0, host: '127.0.0.1' })
  },
}

const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/api/s3`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })

describe.each(Object.entries(hosts))('under %s', (_, start) => {
  it('the handler answers', async () => {
    const response = await post(await start(), signing)

    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toMatchObject({ files: [{ id: file().id, method: 'POST' }] })
  })

  it('the handler refuses', async () => {
    const response = await post(await start(), '{"operation":"sign-uploads"}')

    expect(await errorOf(response)).toMatchObject({ status: 400, code: 'invalid-request' })
  })

  it('the page of the same origin is let in and another is not', async () => {
    const url = await start()

    expect((await post(url, signing, { origin: url })).status).toBe(200)
    expect((await post(url, signing, { origin: 'https://evil.example' })).status).toBe(403)
  })

  it('other methods are refused', async () => {
    const response = await fetch(`${await start()}/api/s3`)

    expect(await errorOf(response)).toMatchObject({ status: 405, code: 'method-not-allowed' })
  })
})

/** Sends the way browsers do: the answer is read when the whole body is out. */
async function sendThenRead(request: ClientRequest, chunks: Iterable<Uint8Array | string>) {
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject)
  })
  for (const chunk of chunks) await new Promise((resolve) => request.write(chunk, resolve))
  request.end()
  const answer = await answered
  return { status: answer.statusCode, body: await text(answer) }
}

describe('a body that is too long', () => {
  const headers = { 'content-type': 'application/json' }
  const long = () => Array.from({ length: 160 }, () => new Uint8Array(100_000))

  it.each<[string, Record<string, string>]>([
    ['without announced length', {}],
    ['with announced length', { 'content-length': '16000000' }],
    ['in another content type', { 'content-type': 'text/plain' }],
  ])('%s is refused, and the connection serves the next request', async (_, changes) => {
    const url = await listen(listener)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    closing.push(async () => agent.destroy())
    const send = (chunks: Iterable<Uint8Array | string>, more: Record<string, string> = {}) =>
      sendThenRead(
        httpRequest(url, { method: 'POST', agent, headers: { ...headers, ...more } }),
        chunks,
      )

    const refused = await send(long(), changes)
    const signed = await send([signing])

    expect(refused.status).toBe('content-type' in changes ? 415 : 413)
    expect(signed.status).toBe(200)
  })
})

describe('a client that goes away', () => {
  /** Starts a chunked request, sends so much of it, waits for `until`, and breaks off. */
  async function breakOff(url: string, bytes: number, until: Promise<unknown>) {
    const headers = { 'content-type': 'application/json' }
    const request = httpRequest(url, { method: 'POST', headers }).on('error', () => {})
    request.write(new Uint8Array(bytes))
    await until
    request.destroy()
  }

  it.each([
    ['in mid-body', 1000, 400],
    ['after its body was too long', maxBodyBytes + 1000, 413],
  ])('%s leaves the server at work', async (_, bytes, status) => {
    const arrived = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<number>()
    const handler = createSigningHandler(options)
    const handle = toNodeListener(async (request) => {
      arrived.resolve()
      const response = await handler(request)
      answered.resolve(response.status)
      return response
    })
    const closed = Promise.withResolvers<void>()
    const url = await listen(async (request, response) => {
      request.socket.once('close', () => closed.resolve())
      await handle(request, response)
    })

    await breakOff(url, bytes, status === 413 ? answered.promise : arrived.promise)

    expect(await answered.promise).toBe(status)
    await closed.promise
    expect((await post(url, signing)).status).toBe(200)
  })
})

describe('toNodeListener', () => {
  it('hands over method, address, headers and body', async () => {
    const seen: unknown[] = []
    const url = await listen(
      toNodeListener(async (request) => {
        seen.push(request.method, request.url, request.headers.get('x-a'), await request.text())
        return new Response('made', { status: 201, headers: { 'x-b': '2' } })
      }),
    )

    const response = await fetch(`${url}//a/b?c=d`, {
      method: 'PUT',
      headers: { 'x-a': '1' },
      body: 'body',
    })

    expect(seen).toEqual(['PUT', `${url}//a/b?c=d`, '1', 'body'])
    expect([response.status, response.headers.get('x-b'), await response.text()]).toEqual([
      201,
      '2',
      'made',
    ])
  })

  it('does not trust the headers of proxies', async () => {
    const url = await listen(toNodeListener(async (request) => new Response(request.url)))

    const response = await fetch(`${url}/a`, {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    })

    expect(await response.text()).toBe(`${url}/a`)
  })

  it('hands a long body over piece by piece', async () => {
    const url = await listen(
      toNodeListener(
        async (request) => new Response(String((await request.arrayBuffer()).byteLength)),
      ),
    )

    const response = await fetch(url, { method: 'POST', body: new Uint8Array(5_000_000) })

    expect(await response.text()).toBe('5000000')
  })

  it('lets a refusal arrive though the body is not read to its end', async () => {
    const url = await listen(listener)

    const response = await post(url, 'x'.repeat(maxBodyBytes + 4_000_000))

    expect(await errorOf(response)).toMatchObject({ status: 413 })
  })

  it('answers a body without announced length', async () => {
    const url = await listen(listener)
    const body = new Blob([signing]).stream()
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body, duplex: 'half' }

    const response = await fetch(url, init)

    expect(response.status).toBe(200)
  })

  it.each(['no host at all', 'Host: a b', 'Host: [', 'Host: x/y?z#'])(
    'is not upset by a request with "%s"',
    async (host) => {
      const { port, hostname } = new URL(await listen(listener))

      const answer = await new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () =>
          socket.end(`GET / HTTP/1.0\r\n${host.startsWith('Host') ? `${host}\r\n` : ''}\r\n`),
        )
        socket.once('data', (data) => resolve(data.toString()))
        socket.once('error', reject)
      })

      expect(answer).toMatch(/^HTTP\/1\.1 (?:400|405) /)
    },
  )

  it.each<[string, () => Promise<Response>]>([
    ['rejects', () => Promise.reject(new Error('?'))],
    [
      'throws',
      () => {
        throw new Error('?')
      },
    ],
    [
      'answers with a body that was read before',
      async () => {
        const response = new Response('read')
        await response.text()
        return response
      },
    ],
  ])('answers 500 when the handler %s', async (_, handler) => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    const url = await listen(toNodeListener(handler))

    expect((await fetch(url)).status).toBe(500)
    expect(logged).toHaveBeenCalledTimes(1)
  })

  it.each<[string, (response: ServerResponse) => void]>([
    ['has its headers already', (response) => response.flushHeaders()],
    ['has ended', (response) => response.end()],
    ['was broken off', (response) => response.destroy()],
  ])('leaves a response alone that %s', async (_, interfere) => {
    const settled = Promise.withResolvers<void>()
    const url = await listen((request, response) => {
      const listener = toNodeListener(async () => {
        interfere(response)
        return new Response('late', { status: 201 })
      })
      listener(request, response).then(settled.resolve, settled.reject)
    })

    const request = httpRequest(url).on('error', () => {})
    request.end()

    await expect(settled.promise).resolves.toBeUndefined()
    request.destroy()
  })

  it('tells the handler when the client goes away', async () => {
    const aborted = Promise.withResolvers<void>()
    const started = Promise.withResolvers<void>()
    const url = await listen(
      toNodeListener(async (request) => {
        request.signal.addEventListener('abort', () => aborted.resolve())
        started.resolve()
        await aborted.promise
        return new Response()
      }),
    )

    const request = httpRequest(url).on('error', () => {})
    request.end()
    await started.promise
    request.destroy()

    await expect(aborted.promise).resolves.toBeUndefined()
  })

  it('tells the handler when the client has gone before, while a middleware was waiting', async () => {
    const seen = Promise.withResolvers<boolean>()
    const arrived = Promise.withResolvers<void>()
    const app = express()
      .use(express.json())
      .use((_request, response, next) => {
        response.once('close', () => next())
        arrived.resolve()
      })
      .use(
        toNodeListener(async ({ signal }) => {
          seen.resolve(signal.aborted)
          return new Response()
        }),
      )
    const request = httpRequest(await listen(app), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    }).on('error', () => {})
    request.end(signing)
    await arrived.promise
    request.destroy()

    await expect(seen.promise).resolves.toBe(true)
  })
})
