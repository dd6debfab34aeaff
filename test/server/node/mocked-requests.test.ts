import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import express, { type Response as ExpressResponse, type Request } from 'express'
import fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { createSigningHandler } from '../../../src/server/create-signing-handler.js'
import type { NodeResponse } from '../../../src/server/node/send-response.js'
import { toNodeListener } from '../../../src/server/node/to-node-listener.js'
import type { NodeRequest } from '../../../src/server/node/web-request.js'
import { file, options } from '../handler-setup.js'

const seen: (string | null)[] = []
const handler = createSigningHandler({
  ...options,
  authorize: ({ url, headers }) => {
    seen.push(url, headers.get('authorization'), headers.get('cookie'))
    return { owner: 'ada' }
  },
})
const listener = toNodeListener(handler)
const signing = { operation: 'sign-uploads', files: [file()] }
const headers = {
  'content-type': 'application/json',
  host: 'app.example.com',
  authorization: 'Bearer a',
  cookie: 'b=1; c=2',
}

/** A mock that is no stream and hears of no events, as of node-mocks-http. */
const mockedRequest = {
  method: 'POST',
  url: '/api/s3',
  headers,
  body: signing,
  socket: {},
  on: () => undefined,
  once: () => undefined,
  removeListener: () => undefined,
}

/** A mock of a response that has no more than a handler needs. */
function mockResponse() {
  const response = {
    statusCode: 200,
    headers: new Headers(),
    headersSent: false,
    writableEnded: false,
    body: '',
    once: () => undefined,
    removeListener: () => undefined,
    setHeader: (name: string, value: string) => response.headers.set(name, value),
    end: (body: Uint8Array) => {
      response.body = Buffer.from(body).toString()
      response.writableEnded = true
    },
  }
  return response
}

/** A message as adapters of Lambda make them: raw headers and the end of the stream are missing. */
function messageWith(facts: object): IncomingMessage {
  return Object.assign(new IncomingMessage(new Socket()), {
    method: 'POST',
    url: '/api/s3',
    headers,
    ...facts,
  })
}

/** A message that brings its body by itself when it is read, as of serverless-http. */
function serverlessMessage(): IncomingMessage {
  const body = Buffer.from(JSON.stringify(signing))
  const request = messageWith({ complete: true, body })
  request._read = () => {
    request.push(body)
    request.push(null)
  }
  return request
}

/** Has the listener answer a request into a mocked response. */
async function answerTo(request: NodeRequest) {
  const response = mockResponse()
  // The mock has less than the class.
  await listener(request, response as unknown as NodeResponse)
  return { status: response.statusCode, body: response.body }
}

describe('a request that no socket has brought', () => {
  it.each<[string, () => Promise<{ status: number; body: string }>]>([
    [
      "of Fastify's inject()",
      async () => {
        const app = fastify()
        app.all('/api/s3', listener)
        const request = { method: 'POST', url: '/api/s3', headers, payload: signing } as const
        const { statusCode, body } = await app.inject(request)
        return { status: statusCode, body }
      },
    ],
    // As above.
    ['that is no stream', () => answerTo(mockedRequest as unknown as NodeRequest)],
    ['that brings its body by itself', () => answerTo(serverlessMessage())],
    [
      'that passes through Express and express.json()',
      async () => {
        const answered = Promise.withResolvers<{ status: number; body: string }>()
        const app = express().use(express.json())
        app.all('/api/s3', (request) => answerTo(request).then(answered.resolve, answered.reject))
        const request = serverlessMessage()
        app(request as Request, new ServerResponse(request) as ExpressResponse)
        return answered.promise
      },
    ],
    [
      'whose body is set and whose stream never ends',
      () => answerTo(messageWith({ body: signing })),
    ],
    [
      'without a socket',
      () => {
        const request = messageWith({ body: JSON.stringify(signing) })
        Object.defineProperty(request, 'socket', { value: undefined })
        return answerTo(request)
      },
    ],
  ])('%s is answered with all its headers', async (_, ask) => {
    seen.length = 0

    const { status, body } = await ask()

    expect(status).toBe(200)
    expect(JSON.parse(body)).toMatchObject({ files: [{ id: file().id }] })
    expect(seen).toEqual(['http://app.example.com/api/s3', 'Bearer a', 'b=1; c=2'])
  })

  it('is refused in the words of the protocol when it has no body', async () => {
    // As above.
    const request = { ...mockedRequest, body: undefined } as unknown as NodeRequest

    const { status, body } = await answerTo(request)

    expect([status, JSON.parse(body)]).toMatchObject([400, { error: { code: 'invalid-request' } }])
  })

  it('may have a header that is text, of which the bytes are read as Node reads them', async () => {
    const cookie = 'city=São Paulo; name=日本'
    const request = messageWith({ headers: { ...headers, cookie }, body: signing })

    expect(await answerTo(request)).toMatchObject({ status: 200 })
    expect(Buffer.from(seen.at(-1) ?? '', 'latin1').toString()).toBe(cookie)
  })
})
