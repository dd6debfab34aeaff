import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import express, { type ErrorRequestHandler } from 'express'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createSigningHandler } from '../../../src/server/create-signing-handler.js'
import { toNodeListener } from '../../../src/server/node/to-node-listener.js'
import { errorOf, file, options } from '../handler-setup.js'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const onError = vi.fn()
const listener = toNodeListener(createSigningHandler({ ...options, onError }))
const signing = JSON.stringify({ operation: 'sign-uploads', files: [file()] })

async function listen(handle: RequestListener): Promise<string> {
  const server = createServer(handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  // A server that listens on a port has such an address.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/s3`
}

const post = (url: string, body: BodyInit, headers: Record<string, string> = {}) => {
  const init = { method: 'POST', body, duplex: 'half' }
  return fetch(url, { ...init, headers: { 'content-type': 'application/json', ...headers } })
}

describe('a body that another has read', () => {
  it.each([
    ['express.json()', express.json()],
    ['express.urlencoded()', express.urlencoded({ extended: true })],
    ['express.text()', express.text({ type: '*/*' })],
    ['express.raw()', express.raw({ type: '*/*' })],
    [
      'a parser that leaves {} where it has read nothing',
      (request: IncomingMessage & { body?: unknown }, _: unknown, next: () => void) => {
        request.body = {}
        next()
      },
    ],
    [
      'a middleware that sets an encoding',
      (request: IncomingMessage, _: unknown, next: () => void) => {
        request.setEncoding('hex')
        next()
      },
    ],
  ] as const)('is answered after %s', async (_, parser) => {
    const url = await listen(express().use(parser).all('/api/s3', listener))

    const response = await post(url, signing)

    expect(response.status).toBe(200)
  })

  it('and that nothing is left of is told to the operator, and not tried again', async () => {
    const url = await listen(async (request, response) => {
      await text(request)
      await listener(request, response)
    })

    const refusal = await errorOf(await post(url, signing))

    expect(refusal).toMatchObject({ status: 500, code: 'misconfigured', retryable: false })
    expect(onError.mock.lastCall?.[0].cause.message).toContain('before any body parser')
  })

  const answerErrors: ErrorRequestHandler = (_error, request, response, _next) =>
    void listener(request, response)

  it.each<[string, RequestListener]>([
    [
      'express.json() and its error handler',
      express()
        .use(express.json({ limit: '100kb' }))
        .use(answerErrors),
    ],
    [
      'one that stops half way',
      async (request, response) => {
        request.once('data', () => {
          request.pause()
          void listener(request, response)
        })
      },
    ],
  ])('up to the limit of %s is 413, after which clients send less at once', async (_, handle) => {
    const url = await listen(handle)

    const refusal = await errorOf(await post(url, ' '.repeat(200_000) + signing))

    expect(refusal).toMatchObject({ status: 413, code: 'request-too-large' })
    expect(onError.mock.lastCall?.[0].cause.message).toContain('raise the limit')
  })

  it('is no matter for the operator when the client has gone', async () => {
    onError.mockClear()
    const answered = Promise.withResolvers<void>()
    const url = await listen((request, response) => {
      request.once('data', () => request.destroy())
      response.once('close', () => listener(request, response).then(answered.resolve))
    })

    await post(url, signing).catch(() => {})
    await answered.promise

    expect(onError).not.toHaveBeenCalled()
  })
})

describe('the headers of a request', () => {
  it('are those that a middleware has left', async () => {
    const seen: (string | null)[] = []
    const answer = toNodeListener(async ({ headers }) => {
      seen.push(headers.get('x-user'), headers.get('x-forged'), headers.get('cookie'))
      return new Response()
    })
    const url = await listen((request, response) => {
      request.headers['x-user'] = 'ada'
      delete request.headers['x-forged']
      void answer(request, response)
    })

    await post(url, signing, { 'x-forged': 'root', cookie: 'a=1; b=2' })

    expect(seen).toEqual(['ada', null, 'a=1; b=2'])
  })
})
