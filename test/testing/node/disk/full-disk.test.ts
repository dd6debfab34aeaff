import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningTestS3, startTestS3 } from 's3-direct-upload/testing/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { credentials, presigned } from '../signed-requests.js'
import { type DiskCall, failNext } from './disturbed-disk.js'

let directory = ''
let restoreDisk = () => {}
let running: RunningTestS3[] = []

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'full-disk-'))
})

afterEach(async () => {
  restoreDisk()
  await Promise.all(running.map(({ close }) => close()))
  running = []
  await rm(directory, { recursive: true })
})

describe('a disk that fails', () => {
  it.each<DiskCall>(['appendFile', 'rename', 'writeFile', 'lstat'])(
    'in %s leaves the object as it was, now and after a restart',
    async (call) => {
      const s3 = await start()
      await put(s3, 'a', 'first')
      restoreDisk = failNext(call)
      const { status } = await put(s3, 'a', 'other')
      await put(s3, 'b', 'later')
      const now = await contentsOf(s3)
      await s3.close()

      expect(status).toBe(500)
      expect(now).toEqual({ a: 'first', b: 'later' })
      expect(await contentsOf(await start())).toEqual(now)
    },
  )

  it('while a file is removed keeps the deletion, and the place is free after a restart', async () => {
    const s3 = await start()
    await put(s3, 'a', 'first')
    restoreDisk = failNext('rm')
    const { status } = await send(s3, 'DELETE', 'a')
    await put(s3, 'a/b', 'below')
    await s3.close()
    const second = await start()
    await put(second, 'a/c', 'below too')

    expect(status).toBe(204)
    expect(await contentsOf(second)).toEqual({ 'a/b': 'below', 'a/c': 'below too' })
  })
})

async function contentsOf({ s3 }: RunningTestS3): Promise<Record<string, string>> {
  const objects = await s3.objects('photos')
  const contents = objects.map(async ({ key, body }) => [
    key,
    await new Response(await body()).text(),
  ])
  return Object.fromEntries(await Promise.all(contents))
}

async function start(): Promise<RunningTestS3> {
  const s3 = await startTestS3({ buckets: ['photos'], credentials, directory })
  running.push(s3)
  return s3
}

async function send(s3: RunningTestS3, method: string, target: string, body?: string) {
  const { url } = await presigned(s3, method, target)
  return fetch(url, { method, body: body && new TextEncoder().encode(body) })
}

const put = (s3: RunningTestS3, target: string, body: string) => send(s3, 'PUT', target, body)
