import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { type RunningTestS3, startTestS3 } from 's3-direct-upload/testing/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formRequest, signForm } from '../conformance/post-form.js'
import { credentials, presigned, region } from './signed-requests.js'

const mebibyte = 1024 * 1024
const size = 256 * mebibyte
const block = Buffer.alloc(mebibyte, 'all the same ')
const md5 = hashOfBlocks(size / mebibyte)

describe('a large upload', () => {
  let s3: RunningTestS3

  beforeAll(async () => {
    s3 = await startTestS3({ buckets: ['photos'], credentials })
  })

  afterAll(() => s3.close())

  it('passes through by PUT without filling the memory', { timeout: 120_000 }, async () => {
    const { url } = await presigned(s3, 'PUT', 'put')
    const memory = watchMemory()
    const { status, etag } = await sendBlocks(url, 'PUT', {})

    expect([status, etag]).toEqual([200, `"${md5}"`])
    expect(memory.stop()).toBeLessThan(150 * mebibyte)
  })

  it('passes through by form without filling the memory', { timeout: 120_000 }, async () => {
    const signing = { bucket: 'photos', region, credentials }
    const form = formRequest(`${s3.url}/photos`, signForm({ key: 'post' }, signing), {
      content: '|',
    })
    const [before = '', after = ''] = String(form.body).split('|')
    const memory = watchMemory()
    const { status, etag } = await sendBlocks(form.url, 'POST', form.headers ?? {}, before, after)

    expect([status, etag]).toEqual([204, `"${md5}"`])
    expect(memory.stop()).toBeLessThan(150 * mebibyte)
  })

  it('comes back without filling the memory', { timeout: 120_000 }, async () => {
    const { url } = await presigned(s3, 'GET', 'put')
    const memory = watchMemory()
    const hash = createHash('md5')
    for await (const chunk of (await fetch(url)).body ?? []) hash.update(chunk)

    expect(hash.digest('hex')).toBe(md5)
    expect(memory.stop()).toBeLessThan(150 * mebibyte)
  })
})

/** Follows what buffers and objects take; the resident size alone would also count what was freed. */
function watchMemory(): { stop: () => number } {
  const used = () => {
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  const start = used()
  let peak = start
  const timer = setInterval(() => {
    peak = Math.max(peak, used())
  }, 10)
  return {
    stop() {
      clearInterval(timer)
      return Math.max(peak, used()) - start
    },
  }
}

function sendBlocks(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  before = '',
  after = '',
): Promise<{ status?: number; etag?: string }> {
  const length = before.length + size + after.length
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers: { ...headers, 'content-length': length } })
    outgoing.on('error', reject)
    outgoing.on('response', (response) => {
      response.resume()
      resolve({ status: response.statusCode, etag: response.headers.etag })
    })
    void writeBlocks(outgoing, before).then(() => outgoing.end(after), reject)
  })
}

async function writeBlocks(outgoing: ReturnType<typeof request>, before: string): Promise<void> {
  outgoing.write(before)
  for (let sent = 0; sent < size; sent += block.length) {
    if (!outgoing.write(block)) await new Promise((resolve) => outgoing.once('drain', resolve))
    await setImmediate()
  }
}

function hashOfBlocks(count: number): string {
  const hash = createHash('md5')
  for (let index = 0; index < count; index++) hash.update(block)
  return hash.digest('hex')
}
