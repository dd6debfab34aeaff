import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { AwsClient } from 'aws4fetch'
import { createMemoryStorage } from 's3-direct-upload/testing'
import { type RunningTestS3, startTestS3 } from 's3-direct-upload/testing/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formRequest, signForm } from '../../conformance/post-form.js'
import type { RawRequest } from '../../conformance/raw-http.js'
import { credentials, presigned, region } from '../signed-requests.js'

const aws = new AwsClient({ ...credentials, service: 's3', region })

describe('the node:http front', () => {
  let s3: RunningTestS3

  beforeAll(async () => {
    s3 = await startTestS3({ buckets: ['photos'], credentials })
  })

  afterAll(() => s3.close())

  it('says 100 Continue only when it wants the body', async () => {
    const accepted = await sendExpecting((await presigned(s3, 'PUT', 'a')).url)
    const refused = await sendExpecting(`${s3.url}/photos/a`)

    expect(accepted).toEqual({ status: 200, isContinued: true })
    expect(refused).toEqual({ status: 403, isContinued: false })
  })

  it('keeps a connection for many requests', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ports = []
    for (let count = 0; count < 3; count++) {
      const { url } = await presigned(s3, 'PUT', 'a')
      ports.push(await sendOver(agent, { method: 'PUT', url, body: 'hello' }))
    }
    agent.destroy()

    expect(new Set(ports).size).toBe(1)
  })

  it('keeps it after a form, too, wherever its objects lie', async () => {
    const storage = createMemoryStorage()
    const inMemory = await startTestS3({ buckets: ['photos'], credentials, storage })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ports = []
    for (let count = 0; count < 3; count++) {
      const fields = signForm({ key: 'a' }, { bucket: 'photos', region, credentials })
      const form = formRequest(`${inMemory.url}/photos`, fields, { content: 'hello' })
      ports.push(await sendOver(agent, form))
    }
    agent.destroy()
    await inMemory.close()

    expect(new Set(ports).size).toBe(1)
  })

  it('gives up an answer that waits behind another when the connection closes', async () => {
    const own = await startTestS3({ buckets: ['photos'], credentials })
    const { url } = await presigned(own, 'PUT', 'large')
    await fetch(url, { method: 'PUT', body: new Uint8Array(8 * 1024 * 1024) })
    const target = (await presigned(own, 'GET', 'large')).url.slice(own.url.length)
    const get = `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${own.port}\r\n\r\n`
    const socket = connect(own.port, '127.0.0.1')
    socket.write(get.repeat(3))
    await once(socket, 'readable')
    socket.resetAndDestroy()

    // It waits for every answer that is on its way.
    await expect(own.close()).resolves.toBeUndefined()
  })

  it('lets a client finish sending before it closes on a refusal', async () => {
    const size = 32 * 1024 * 1024
    const answer = await sendAllThenRead(s3.port, [
      `PUT /photos/a HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${size}\r\n\r\n`,
      new Uint8Array(size),
    ])

    expect(answer).toMatch(/^HTTP\/1\.1 403 /)
    expect(answer).toMatch(/connection: close/i)
    expect(answer).toContain('<Code>AccessDenied</Code>')
  })

  it('answers a request that is none with 400', async () => {
    const answer = await sendAllThenRead(s3.port, ['TRACE / HTTP/1.1\r\nHost: a\r\n\r\n'])

    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  })

  it('keeps a path with dot segments as it was sent', async () => {
    const answer = await sendAllThenRead(s3.port, [
      'GET /nowhere/../photos/a HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n',
    ])

    expect(answer).toContain('<BucketName>nowhere</BucketName>')
  })

  it.each(['/a', '//a', '/'])(
    'finds the key %j behind a host that names the bucket',
    async (key) => {
      const { pathname, search } = new URL((await signFor(key)).url)
      const put = `PUT ${pathname}${search} HTTP/1.1\r\nHost: photos.localhost\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello`

      expect(await sendAllThenRead(s3.port, [put])).toMatch(/^HTTP\/1\.1 200 /)
      expect((await fetch(await presigned(s3, 'GET', key))).status).toBe(200)
    },
  )
})

function signFor(key: string): Promise<Request> {
  const options = { method: 'PUT', aws: { signQuery: true, allHeaders: true } }
  return aws.sign(`http://photos.localhost/${key}`, options)
}

function sendExpecting(url: string): Promise<{ status?: number; isContinued: boolean }> {
  return new Promise((resolve, reject) => {
    let isContinued = false
    const headers = { expect: '100-continue', 'content-length': 5 }
    const outgoing = request(url, { method: 'PUT', headers, agent: false })
    outgoing.on('continue', () => {
      isContinued = true
      outgoing.end('hello')
    })
    outgoing.on('response', ({ statusCode }) => {
      resolve({ status: statusCode, isContinued })
      outgoing.destroy()
    })
    outgoing.on('error', reject)
    outgoing.flushHeaders()
  })
}

/** Sends a request that S3 accepts and returns the local port it went over. */
function sendOver(
  agent: Agent,
  { url, method, headers = {}, body }: RawRequest,
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent }, (response) => {
      expect(response.statusCode).toBeLessThan(300)
      const { localPort } = response.socket
      response.resume().on('end', () => resolve(localPort))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** Writes everything before it reads, as browsers do, and returns what came until the server closed. */
function sendAllThenRead(port: number, pieces: readonly (string | Uint8Array)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.pause()
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('close', () => resolve(answer))
    for (const piece of pieces) socket.write(piece)
    socket.write('', () => socket.resume())
  })
}
