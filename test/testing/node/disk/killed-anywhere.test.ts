import { createHash } from 'node:crypto'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AwsClient } from 'aws4fetch'
import { createTestS3, type TestS3 } from 's3-direct-upload/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemRuntime } from '../../../../src/async/runtime.js'
import { DiskStorage } from '../../../../src/testing/node/disk/disk-storage.js'
import { nodeHashes } from '../../../../src/testing/node/node-hashes.js'
import { credentials, region } from '../signed-requests.js'
import { type DiskCall, type EndingProcess, endAfter } from './disturbed-disk.js'

const aws = new AwsClient({ ...credentials, service: 's3', region })
const mebibyte = 2 ** 20
let folder = ''
let prepared = ''
let uploadId = ''
let copies = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'killed-anywhere-'))
  prepared = join(folder, 'prepared')
  const s3 = startS3(prepared)
  await put(s3, 'photos/a', 'first of a')
  await put(s3, 'photos/folder/deep/b', 'first of b', { 'x-amz-tagging': 'state=new' })
  uploadId = await createUpload(s3, 'photos/joined')
  await put(s3, `photos/joined?partNumber=1&uploadId=${uploadId}`, 'part one ')
  await put(s3, `photos/joined?partNumber=2&uploadId=${uploadId}`, 'part two')
  await send(s3, 'PUT', 'other')
  await createUpload(s3, 'other/never')
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const lifecycle =
  '<LifecycleConfiguration><Rule><ID>a</ID><Status>Enabled</Status><Filter><Prefix>x</Prefix></Filter><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>'
const cors =
  '<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>PUT</AllowedMethod></CORSRule></CORSConfiguration>'

const operations: Record<string, (s3: TestS3) => Promise<Response>> = {
  'a new object': (s3) => put(s3, 'photos/new/folder/c', 'c'),
  'a new object with a strange key': (s3) => put(s3, 'photos/x//../c', 'c'),
  'an object replaced by one of the same size': (s3) => put(s3, 'photos/a', 'second: a.'),
  'an object replaced by a larger one': (s3) => put(s3, 'photos/a', 'a'.repeat(2 * mebibyte)),
  'an object replaced by nothing': (s3) => put(s3, 'photos/a', ''),
  'an object where a folder was': async (s3) => {
    const removed = await send(s3, 'DELETE', 'photos/folder/deep/b')
    return removed.ok ? put(s3, 'photos/folder', 'a file') : removed
  },
  'other tags': (s3) =>
    send(s3, 'PUT', 'photos/folder/deep/b?tagging', {
      body: '<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>',
    }),
  'a deletion': (s3) => send(s3, 'DELETE', 'photos/folder/deep/b'),
  'a copy': (s3) => copy(s3, 'photos/a', 'photos/copy'),
  'a copy over another object': (s3) => copy(s3, 'photos/a', 'photos/folder/deep/b'),
  'a new multipart upload': (s3) => send(s3, 'POST', 'photos/large?uploads'),
  'a new part': (s3) => put(s3, `photos/joined?partNumber=3&uploadId=${uploadId}`, 'part three'),
  'a part replaced by one of the same size': (s3) =>
    put(s3, `photos/joined?partNumber=1&uploadId=${uploadId}`, 'PART ONE '),
  'a part replaced by a large one': (s3) =>
    put(s3, `photos/joined?partNumber=2&uploadId=${uploadId}`, 'p'.repeat(2 * mebibyte)),
  'a part that is a copy': (s3) =>
    copy(s3, 'photos/a', `photos/joined?partNumber=2&uploadId=${uploadId}`),
  'a completed upload': (s3) => complete(s3),
  'a completed upload over another object': async (s3) => {
    const first = await put(s3, 'photos/joined', 'what stands there')
    return first.ok ? complete(s3) : first
  },
  'an aborted upload': (s3) => send(s3, 'DELETE', `photos/joined?uploadId=${uploadId}`),
  'a new bucket': (s3) => send(s3, 'PUT', 'third'),
  'a bucket removed with its uploads': (s3) => send(s3, 'DELETE', 'other'),
  'lifecycle rules': (s3) =>
    send(s3, 'PUT', 'photos?lifecycle', {
      body: lifecycle,
      headers: { 'content-md5': createHash('md5').update(lifecycle).digest('base64') },
    }),
  'CORS rules': (s3) =>
    send(s3, 'PUT', 'photos?cors', {
      body: cors,
      headers: { 'content-md5': createHash('md5').update(cors).digest('base64') },
    }),
}

describe('a process that is killed at any of its steps', () => {
  for (const [name, operate] of Object.entries(operations)) {
    it(`leaves all of it or nothing of it: ${name}`, async () => {
      const states = await statesDuring(operate)
      let steps = 0
      for (let hasEnded = true; hasEnded; steps++) {
        const directory = await copyOfPrepared()
        hasEnded = await operateAndEnd(directory, { operate, steps, states })
        await rm(directory, { recursive: true })
      }

      expect(steps).toBeGreaterThan(1)
    })
  }

  it.each<[string, DiskCall]>([
    ['an object replaced by one of the same size', 'appendFile'],
    ['a deletion', 'appendFile'],
    ['a completed upload', 'rename'],
  ])('may be killed while it starts after that, at any step: %s', async (name, lastCall) => {
    const operate = operations[name] ?? raise(`There is no operation "${name}".`)
    const states = await statesDuring(operate)
    for (let startSteps = 0, hasEnded = true; hasEnded; startSteps++) {
      const directory = await copyOfPrepared()
      const s3 = startS3(directory)
      await s3.ready()
      await during(endAfter(lastCall), () => operate(s3))
      const starting = await during(endAfter(startSteps), () => startS3(directory).ready())
      hasEnded = starting.hasEnded
      expect(await stateOf(directory)).toBe(states.at(-1))
      await rm(directory, { recursive: true })
    }
  })
})

interface Ending {
  readonly operate: (s3: TestS3) => Promise<Response>
  readonly steps: number
  readonly states: readonly string[]
}

/** Ends the process during an operation and looks at what is there then; `false` when the operation was through before. */
async function operateAndEnd(
  directory: string,
  { operate, steps, states }: Ending,
): Promise<boolean> {
  const s3 = startS3(directory)
  await s3.ready()
  const ending = endAfter(steps)
  const { ok } = await operate(s3).finally(ending.restore)
  const state = await stateOf(directory)
  expect(states, `after ${steps} steps`).toContain(state)
  if (ok) expect(state, `confirmed, ended after ${steps} steps`).toBe(states.at(-1))
  await expectNoLeftovers(directory)
  return ending.hasEnded
}

/** Runs what the end of its process breaks off. */
async function during(ending: EndingProcess, work: () => Promise<unknown>): Promise<EndingProcess> {
  await work()
    .catch(() => {})
    .finally(ending.restore)
  return ending
}

function raise(message: string): never {
  throw new Error(message)
}

/** What there may be at the end: what was there before, and what comes of each request of the operation. */
async function statesDuring(operate: Ending['operate']): Promise<readonly string[]> {
  const directory = await copyOfPrepared()
  const states = [await stateOf(directory)]
  const s3 = startS3(directory)
  await operate({
    ...s3,
    async fetch(request) {
      const response = await s3.fetch(request)
      states.push(await stateOf(await copyOf(directory)))
      return response
    },
  })
  return states
}

/** What a test S3 finds in a directory: of every object, part and bucket all that can be seen. */
async function stateOf(directory: string): Promise<string> {
  const s3 = startS3(directory)
  const names = await (await send(s3, 'GET', '')).text()
  const buckets = [...names.matchAll(/<Name>(\w+)</g)].map(([, name = '']) => name)
  const described = buckets.map(async (name) => ({
    name,
    objects: await Promise.all((await s3.objects(name)).map(describeObject)),
    uploads: (await s3.uploads(name)).map(({ key, parts }) => ({ key, parts })),
    parts: await partsIn(join(directory, '.s3-direct-upload/buckets', name, 'uploads')),
    lifecycle: await (await send(s3, 'GET', `${name}?lifecycle`)).text().then(withoutIds),
    cors: await (await send(s3, 'GET', `${name}?cors`)).text().then(withoutIds),
  }))
  return JSON.stringify(await Promise.all(described))
}

async function describeObject({ lastModified: _, body, ...object }: StoredObject) {
  const bytes = new Uint8Array(await new Response(await body()).arrayBuffer())
  const md5 = md5Of(bytes)
  if (!object.etag.includes('-')) expect(md5, object.key).toBe(object.etag)
  return { ...object, md5 }
}

type StoredObject = Awaited<ReturnType<TestS3['objects']>>[number]

/** Of every part in its file, that the bytes are those of its ETag. */
async function partsIn(uploads: string): Promise<readonly string[]> {
  const names = await readdir(uploads, { recursive: true }).catch(() => [])
  const parts = names.filter((name) => name.endsWith('.part')).sort()
  return Promise.all(
    parts.map(async (name) => {
      const file = await readFile(join(uploads, name))
      const json = file.subarray(file.length - 4 - file.readUInt32BE(file.length - 4), -4)
      const { size, etag } = JSON.parse(json.toString())
      expect(md5Of(file.subarray(0, size)), name).toBe(etag)
      return `${name.split('/').at(-1)} ${etag}`
    }),
  )
}

async function expectNoLeftovers(directory: string): Promise<void> {
  const hidden = join(directory, '.s3-direct-upload')
  expect(await readdir(join(hidden, 'incoming'))).toEqual([])
  const s3 = startS3(directory)
  const objects = await s3.objects('photos')
  const entries = await readdir(join(directory, 'photos'), { recursive: true, withFileTypes: true })
  expect(entries.filter((entry) => entry.isFile())).toHaveLength(objects.length)
  for (const entry of entries.filter((one) => one.isDirectory())) {
    expect(await readdir(join(entry.parentPath, entry.name)), entry.name).not.toEqual([])
  }
}

function startS3(directory: string): TestS3 {
  return createTestS3({
    buckets: ['photos'],
    credentials,
    region,
    minPartSizeBytes: 1,
    storage: new DiskStorage(directory, systemRuntime),
    hashes: nodeHashes,
  })
}

async function copyOf(directory: string): Promise<string> {
  copies += 1
  const path = join(folder, String(copies))
  await cp(directory, path, { recursive: true })
  return path
}

function copyOfPrepared(): Promise<string> {
  return copyOf(prepared)
}

async function send(
  s3: TestS3,
  method: string,
  target: string,
  { body, headers }: { body?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  const length = { 'content-length': String(Buffer.byteLength(body ?? '')) }
  const init = { method, body, headers: { ...headers, ...length } }
  return s3.fetch(await aws.sign(`http://127.0.0.1/${target}`, init))
}

function put(s3: TestS3, target: string, body: string, headers = {}): Promise<Response> {
  return send(s3, 'PUT', target, { body, headers })
}

function copy(s3: TestS3, from: string, to: string): Promise<Response> {
  return send(s3, 'PUT', to, { headers: { 'x-amz-copy-source': from } })
}

async function createUpload(s3: TestS3, target: string): Promise<string> {
  const text = await (await send(s3, 'POST', `${target}?uploads`)).text()
  return /<UploadId>(\w+)/.exec(text)?.[1] ?? ''
}

function complete(s3: TestS3): Promise<Response> {
  const parts = ['part one ', 'part two'].map(
    (text, index) =>
      `<Part><PartNumber>${index + 1}</PartNumber><ETag>${md5Of(Buffer.from(text))}</ETag></Part>`,
  )
  const body = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`
  return send(s3, 'POST', `photos/joined?uploadId=${uploadId}`, { body })
}

function md5Of(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex')
}

function withoutIds(xml: string): string {
  return xml.replace(/<(RequestId|HostId)>\w+</g, '')
}
