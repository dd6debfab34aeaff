import {
  presignDownload,
  publicUrl,
  type SigningOptions,
  verifyReceipt,
} from 's3-direct-upload/server'
import { describe, expect, it } from 'vitest'
import { createDownloadPair } from './download-setup.js'
import { credentials, secret, startOfTests } from './handler-setup.js'
import { createPair } from './multipart-setup.js'

const inner = 'http://minio:9000'
const publicEndpoint = 'https://files.example.com'
const address = { bucket: 'uploads', region: 'eu-west-1', endpoint: inner, publicEndpoint }
const hostOf = (url: string) => new URL(url).host

/** A pair whose storage the server reaches by one address and pages by another. */
function createTwoSidedPair(changes: Partial<SigningOptions> = {}) {
  const hosts = new Set<string>()
  const pair = createPair({
    options: {
      endpoint: inner,
      publicEndpoint,
      ...changes,
      fetch: (request) => {
        hosts.add(hostOf(request.url))
        return pair.s3.fetch(request)
      },
    },
  })
  return { ...pair, hosts }
}

describe('publicEndpoint', () => {
  it.each(['POST', 'PUT'] as const)('is where a page sends a %s', async (method) => {
    const { s3, trySign, complete, hosts } = createTwoSidedPair({ method })
    const signed = await trySign({ size: 5, type: 'text/plain' })
    if (!signed || 'error' in signed || signed.method === 'MULTIPART') throw new Error('not signed')

    const sent = await s3.fetch(requestOf(signed))
    const completed = await complete(signed.token)

    expect([hostOf(signed.url), sent.ok]).toEqual(['files.example.com', true])
    expect(completed).toHaveProperty('receipt')
    expect([...hosts]).toEqual(['minio:9000'])
  })

  it('is where parts go, and the server stays on its own address', async () => {
    const { sign, send, complete, hosts } = createTwoSidedPair()
    const signed = await sign()
    await send(signed)

    expect(await complete(signed.token)).toHaveProperty('receipt')
    const urls = [signed, ...(signed.parts ?? [])].map(({ url }) => url ?? '')

    expect(urls.map(hostOf)).toEqual(urls.map(() => 'files.example.com'))
    expect([...hosts]).toEqual(['minio:9000'])
  })

  it('is where downloads come from', async () => {
    const { put, ask } = createDownloadPair({ endpoint: inner, publicEndpoint })
    await put('files/a.txt')

    const answer = await ask({ key: 'files/a.txt' })
    const url = await presignDownload({ ...address, credentials, key: 'a' })

    expect('url' in answer && hostOf(answer.url)).toBe('files.example.com')
    expect(hostOf(url)).toBe('files.example.com')
    expect(publicUrl({ ...address, key: 'a' })).toBe('https://files.example.com/uploads/a')
  })

  it('is not asked when a receipt is held against its object', async () => {
    const { sign, send, complete, hosts, s3, clock } = createTwoSidedPair()
    const signed = await sign()
    await send(signed)
    const completed = await complete(signed.token)
    if (!completed || !('receipt' in completed)) throw new Error('not completed')
    hosts.clear()
    const fetch = (request: Request) => {
      hosts.add(hostOf(request.url))
      return s3.fetch(request)
    }

    await verifyReceipt(completed.receipt, {
      secret,
      owner: 'ada',
      now: () => clock.now,
      s3: { ...address, credentials, fetch },
    })

    expect([...hosts]).toEqual(['minio:9000'])
  })

  it('leaves the variants of Amazon to the server', async () => {
    const url = await presignDownload({
      bucket: 'uploads',
      region: 'eu-west-1',
      publicEndpoint,
      useFipsEndpoint: true,
      credentials,
      now: () => startOfTests,
      key: 'a',
    })

    expect(hostOf(url)).toBe('files.example.com')
  })
})

function requestOf(
  signed: { readonly url: string } & (
    | { readonly method: 'POST'; readonly fields: Readonly<Record<string, string>> }
    | { readonly method: 'PUT'; readonly headers: Readonly<Record<string, string>> }
  ),
): Request {
  if (signed.method === 'PUT') {
    return new Request(signed.url, { method: 'PUT', headers: signed.headers, body: 'hello' })
  }
  const form = new FormData()
  for (const [name, value] of Object.entries(signed.fields)) form.append(name, value)
  form.append('file', new Blob(['hello']))
  return new Request(signed.url, { method: 'POST', body: form })
}
