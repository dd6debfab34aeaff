import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AwsClient } from 'aws4fetch'
import {
  type RunningTestS3,
  type StartTestS3Options,
  startTestS3,
} from 's3-direct-upload/testing/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formRequest, signForm } from '../conformance/post-form.js'

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }
const region = 'us-east-1'
const aws = new AwsClient({ ...credentials, service: 's3', region })

let directory = ''
let running: RunningTestS3[] = []

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'start-test-s3-'))
})

afterEach(async () => {
  await Promise.all(running.map(({ close }) => close()))
  running = []
  await rm(directory, { recursive: true, force: true })
})

describe('startTestS3', () => {
  it('listens on 127.0.0.1 alone, on a free port', async () => {
    const first = await start()
    const second = await start({ directory: undefined })

    expect(first.url).toBe(`http://127.0.0.1:${first.port}`)
    expect(second.port).not.toBe(first.port)
  })

  it('keeps objects as ordinary files', async () => {
    const s3 = await start()
    await put(s3, 'folder/photo é.txt', 'hello')

    expect(await readFile(join(directory, 'photos/folder/photo é.txt'), 'utf8')).toBe('hello')
  })

  it('removes the file of a deleted object, and folders that are empty then', async () => {
    const s3 = await start()
    await put(s3, 'folder/a', 'hello')
    await put(s3, 'folder/deeper/b', 'hello')
    await send(s3, 'DELETE', 'folder/deeper/b')

    expect(await readdir(join(directory, 'photos/folder'))).toEqual(['a'])
  })

  it('finds its objects, uploads and buckets again after a restart', async () => {
    const first = await start()
    await put(first, 'a//b', 'hello', { 'x-amz-meta-color': 'red' })
    const creation = await (await send(first, 'POST', 'large?uploads')).text()
    const uploadId = /<UploadId>(\w+)/.exec(creation)?.[1]
    await put(first, `large?partNumber=1&uploadId=${uploadId}`, 'part one')
    await first.close()
    const second = await start()
    const parts = await (await send(second, 'GET', `large?uploadId=${uploadId}`)).text()
    const [object] = await second.s3.objects('photos')

    expect(object).toMatchObject({ key: 'a//b', size: 5, metadata: { color: 'red' } })
    expect(await new Response(await object?.body()).text()).toBe('hello')
    expect(parts).toContain('<Size>8</Size>')
  })

  it('forgets an object whose file was removed by hand', async () => {
    const first = await start()
    await put(first, 'a', 'hello')
    await first.close()
    await rm(join(directory, 'photos/a'))
    const second = await start()

    expect(await second.s3.objects('photos')).toEqual([])
  })

  it('refuses a directory with files of others', async () => {
    await mkdir(join(directory, 'photos'))
    await writeFile(join(directory, 'photos/a'), 'mine')

    await expect(start()).rejects.toThrow('holds other files')
  })

  it('removes its temporary directory when it is closed', async () => {
    const before = await temporaryDirectories()
    const s3 = await start({ directory: undefined })
    const [own = ''] = (await temporaryDirectories()).filter((name) => !before.includes(name))
    await s3.close()

    expect(own).not.toBe('')
    expect(existsSync(join(tmpdir(), own))).toBe(false)
  })

  it('leaves nothing of an upload that breaks off', async () => {
    const s3 = await start()
    const { url } = await presigned(s3, 'PUT', 'a')
    const size = 3 * 1024 * 1024
    await new Promise<void>((resolve) => {
      const outgoing = request(url, { method: 'PUT', headers: { 'content-length': size } })
      outgoing.on('error', () => resolve())
      outgoing.write(new Uint8Array(2 * 1024 * 1024), () => outgoing.destroy())
    })
    await s3.close()

    expect(await readdir(join(directory, '.s3-direct-upload/incoming'))).toEqual([])
    expect(await readdir(join(directory, 'photos'))).toEqual([])
  })

  it('leaves nothing of a form that is refused', async () => {
    const s3 = await start()
    const moreConditions = [['content-length-range', 0, 2 * 1024 * 1024]]
    const signing = { bucket: 'photos', region, credentials, moreConditions }
    const content = new Uint8Array(4 * 1024 * 1024)
    const form = formRequest(`${s3.url}/photos`, signForm({ key: 'a' }, signing), { content })
    const response = await fetch(form.url, {
      ...form,
      body: new Uint8Array(Buffer.from(form.body ?? '')),
    })

    expect(response.status).toBe(400)
    expect(await readdir(join(directory, '.s3-direct-upload/incoming'))).toEqual([])
  })
})

describe('the node:http front', () => {
  it('says 100 Continue only when it wants the body', async () => {
    const s3 = await start()
    const accepted = await sendExpecting((await presigned(s3, 'PUT', 'a')).url)
    const refused = await sendExpecting(`${s3.url}/photos/a`)

    expect(accepted).toEqual({ status: 200, isContinued: true })
    expect(refused).toEqual({ status: 403, isContinued: false })
  })

  it('keeps a connection for many requests', async () => {
    const s3 = await start()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ports = []
    for (let count = 0; count < 3; count++) {
      const { url } = await presigned(s3, 'PUT', 'a')
      ports.push(await sendOver(agent, url, 'hello'))
    }
    agent.destroy()

    expect(new Set(ports).size).toBe(1)
  })

  it('lets a client finish sending before it closes on a refusal', async () => {
    const s3 = await start()
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
    const s3 = await start()
    const answer = await sendAllThenRead(s3.port, ['TRACE / HTTP/1.1\r\nHost: a\r\n\r\n'])

    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  })

  it('keeps a path with dot segments as it was sent', async () => {
    const s3 = await start()
    const answer = await sendAllThenRead(s3.port, [
      'GET /nowhere/../photos/a HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n',
    ])

    expect(answer).toContain('<BucketName>nowhere</BucketName>')
  })
})

async function start(options: Partial<StartTestS3Options> = {}): Promise<RunningTestS3> {
  const s3 = await startTestS3({ buckets: ['photos'], credentials, directory, ...options })
  running.push(s3)
  return s3
}

function presigned({ url }: RunningTestS3, method: string, target: string, headers = {}) {
  return aws.sign(`${url}/photos/${encodeURI(target)}`, {
    method,
    headers,
    aws: { signQuery: true, allHeaders: true },
  })
}

async function send(s3: RunningTestS3, method: string, target: string): Promise<Response> {
  return fetch(await presigned(s3, method, target))
}

async function put(s3: RunningTestS3, target: string, body: string, headers = {}): Promise<void> {
  const { url } = await presigned(s3, 'PUT', target, headers)
  const { status } = await fetch(url, {
    method: 'PUT',
    headers,
    body: new TextEncoder().encode(body),
  })
  expect(status).toBe(200)
}

async function temporaryDirectories(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('test-s3-'))
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

/** Sends a PUT and returns the local port it went over. */
function sendOver(agent: Agent, url: string, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'PUT', agent }, (response) => {
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
