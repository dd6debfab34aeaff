import { existsSync } from 'node:fs'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type RunningTestS3,
  type StartTestS3Options,
  startTestS3,
} from 's3-direct-upload/testing/node'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { formRequest, signForm } from '../conformance/post-form.js'
import { credentials, presigned, region } from './signed-requests.js'

let directory = ''
let running: RunningTestS3[] = []

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'start-test-s3-'))
})

afterEach(async () => {
  vi.unstubAllEnvs()
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

  it('finds tags again after a restart, those given later too', async () => {
    const first = await start()
    await put(first, 'a', 'hello', { 'x-amz-tagging': 'state=pending' })
    await put(first, 'b', 'hello', { 'x-amz-tagging': 'state=pending' })
    await send(first, 'DELETE', 'b?tagging')
    await first.close()
    const [a, b] = await (await start()).s3.objects('photos')

    expect(a?.tags).toEqual({ state: 'pending' })
    expect(b).not.toHaveProperty('tags')
    expect(await new Response(await b?.body()).text()).toBe('hello')
  })

  it('finds its objects again after it broke off in the middle of a record', async () => {
    const first = await start()
    await put(first, 'a', 'hello')
    await put(first, 'b', 'hello')
    await send(first, 'DELETE', 'b')
    await first.close()
    await appendFile(join(directory, '.s3-direct-upload/buckets/photos/objects.jsonl'), '\n{"rec')
    const second = await start()
    await put(second, 'c', 'hello')
    await second.close()
    const objects = await (await start()).s3.objects('photos')

    expect(objects.map(({ key }) => key)).toEqual(['a', 'c'])
  })

  it('takes a key for a file, then a folder, then a file', async () => {
    const s3 = await start()
    await put(s3, 'a', 'file')
    await send(s3, 'DELETE', 'a')
    await put(s3, 'a/b', 'in a folder')
    await send(s3, 'DELETE', 'a/b')
    await put(s3, 'a', 'file again')

    expect(await readFile(join(directory, 'photos/a'), 'utf8')).toBe('file again')
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

  it('leaves the directory of another alone that has the port', async () => {
    const { port } = await start()
    const arriving = join(directory, '.s3-direct-upload', 'incoming', 'arriving')
    await writeFile(arriving, 'half')

    await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    expect(await readFile(arriving, 'utf8')).toBe('half')
  })

  it('refuses a directory that another one uses, until that one is closed', async () => {
    const first = await start()

    await expect(start()).rejects.toThrow(`process ${process.pid} uses the directory`)
    await first.close()
    expect((await start()).port).toBeGreaterThan(0)
  })

  it('lets one of two that start at once have a directory, also after a crash', async () => {
    await mkdir(join(directory, '.s3-direct-upload'))
    await writeFile(join(directory, '.s3-direct-upload', 'lock'), '999999999')

    const starts = await Promise.allSettled([start(), start()])
    expect(starts.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  it.each(['', '999999999', String(process.pid)])(
    'takes over a directory from a process that is gone: %j',
    async (processId) => {
      await mkdir(join(directory, '.s3-direct-upload'))
      await writeFile(join(directory, '.s3-direct-upload', 'lock'), processId)

      expect(await (await start()).s3.objects('photos')).toEqual([])
    },
  )

  it('leaves no temporary directory behind when its options are refused', async () => {
    vi.stubEnv('TMPDIR', directory)

    await expect(start({ directory: undefined, buckets: ['No'] })).rejects.toThrow(TypeError)
    expect(await readdir(directory)).toEqual([])
  })

  it('names the record that it cannot read, and frees the port', async () => {
    const { port, close } = await start()
    await close()
    const record = join(directory, '.s3-direct-upload', 'buckets', 'photos', 'bucket.json')
    const text = await readFile(record, 'utf8')
    await writeFile(record, text.slice(0, -2))

    await expect(start({ port })).rejects.toThrow(`"${record}" is not the JSON`)
    await writeFile(record, text)
    expect((await start({ port })).port).toBe(port)
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

async function start(options: Partial<StartTestS3Options> = {}): Promise<RunningTestS3> {
  const s3 = await startTestS3({ buckets: ['photos'], credentials, directory, ...options })
  running.push(s3)
  return s3
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
