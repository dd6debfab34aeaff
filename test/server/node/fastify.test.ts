import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createSigningHandler } from '../../../src/server/create-signing-handler.js'
import { toNodeListener } from '../../../src/server/node/to-node-listener.js'
import { file, options } from '../handler-setup.js'

let app: FastifyInstance | undefined
afterEach(async () => {
  await app?.close()
})

const signing = JSON.stringify({ operation: 'sign-uploads', files: [file()] })

async function ask(
  configure: (app: FastifyInstance) => unknown,
  listener = toNodeListener(createSigningHandler(options)),
): Promise<Response> {
  app = fastify()
  await configure(app)
  app.all('/api/s3', listener)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const headers = { 'content-type': 'application/json' }
  return fetch(`${url}/api/s3`, { method: 'POST', headers, body: signing })
}

describe('the answer within Fastify', () => {
  it('has the headers of earlier hooks, and its own win', async () => {
    const response = await ask((instance) =>
      instance.addHook('onRequest', async (_request, reply) => {
        reply.header('x-request-id', 'abc').header('cache-control', 'public')
        reply.header('set-cookie', 'a=1').header('set-cookie', 'b=2')
      }),
    )

    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-request-id': 'abc',
      'cache-control': 'no-store',
      'content-type': 'application/json',
    })
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })

  it('passes the hooks that run when an answer is sent, as those of sessions and cookies do', async () => {
    const sending = vi.fn()
    const sent = vi.fn()
    const response = await ask((instance) => {
      instance.addHook('onSend', async (_request, reply, payload) => {
        sending()
        await new Promise((resolve) => setImmediate(resolve))
        reply.header('set-cookie', 'session=1')
        return payload
      })
      instance.addHook('onResponse', async (_request, reply) => sent(reply.statusCode))
    })

    expect(await response.json()).toMatchObject({ files: [{ id: file().id }] })
    expect(response.headers.getSetCookie()).toEqual(['session=1'])
    expect(sending).toHaveBeenCalledTimes(1)
    await vi.waitFor(() => expect(sent.mock.calls).toEqual([[200]]))
  })

  it('has no body where there is none', async () => {
    const listener = toNodeListener(async () => new Response(null, { status: 204 }))

    const response = await ask(() => {}, listener)

    expect([response.status, await response.text()]).toEqual([204, ''])
  })

  it('is 500 when the handler fails', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    const listener = toNodeListener(() => Promise.reject(new Error('?')))

    const response = await ask(() => {}, listener)

    expect(response.status).toBe(500)
    expect(logged).toHaveBeenCalledTimes(1)
  })

  it('is left to the one who has given it before', async () => {
    const response = await ask(
      () => {},
      async (request, reply) => {
        const listener = toNodeListener(async () => {
          if ('send' in reply) reply.send(Buffer.from('mine'))
          return new Response('late', { status: 201 })
        })
        await listener(request, reply)
      },
    )

    expect([response.status, await response.text()]).toEqual([200, 'mine'])
  })
})
