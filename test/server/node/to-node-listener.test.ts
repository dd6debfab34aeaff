import { createServer, request as httpRequest, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import express from 'express'
import fastify from 'fastify'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createSigningHandler } from '../../../src/server/create-signing-handler.js'
import { toNodeListener } from '../../../src/server/node/to-node-listener.js'
import { maxBodyBytes } from '../../../src/server/request-body.js'
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

  it('answers 500 when the handler fails', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    const url = await listen(toNodeListener(() => Promise.reject(new Error('?'))))

    expect((await fetch(url)).status).toBe(500)
    expect(logged).toHaveBeenCalledTimes(1)
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
})
