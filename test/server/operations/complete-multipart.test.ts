import { verifyReceipt } from 's3-direct-upload/server'
import type { FaultRule } from 's3-direct-upload/testing'
import { describe, expect, it, vi } from 'vitest'
import type { SignedMultipart } from '../../../src/protocol/operations.js'
import { objectUrl } from '../../../src/s3/endpoint.js'
import { presignUrl } from '../../../src/sigv4/presign-url.js'
import { listedParts } from '../../s3-client/listed-parts.js'
import { VirtualClock } from '../../support/virtual-clock.js'
import { createTestHandler, credentials, options, secret, startOfTests } from '../handler-setup.js'
import {
  codeOf,
  createPair,
  mebibyte,
  meetingOf,
  sha256Of,
  unlistable,
  videoBytes,
} from '../multipart-setup.js'

type Pair = ReturnType<typeof createPair>

/** Puts bytes where the page could not: beside the plan, or under a key that is already taken. */
async function putDirectly(
  { s3 }: Pair,
  url: URL,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const presigned = presignUrl(
    { method: 'PUT', url, expiresInSeconds: 60 },
    { credentials, region: 'eu-west-1', now: startOfTests },
  )
  const headers = { 'content-length': String(bytes.length) }
  return s3.fetch(new Request(presigned, { method: 'PUT', body: bytes, headers }))
}

function addressOf({ key }: SignedMultipart): URL {
  return objectUrl({ bucket: 'uploads', region: 'eu-west-1', endpoint: options.endpoint }, key)
}

/** How often S3 was asked to put an upload together. */
function completions({ asked }: Pair): number {
  return asked.filter((operation) => operation === 'CompleteMultipartUpload').length
}

function faultAtCompletion(effect: FaultRule['effect'], rule: Partial<FaultRule> = {}): FaultRule {
  return { operation: 'CompleteMultipartUpload', ...rule, effect }
}

describe('complete-uploads of a multipart upload', () => {
  it('puts the parts together and gives a receipt', async () => {
    const { s3, upload, complete } = createPair()
    const { id, key, token } = await upload()

    const completed = await complete(token)

    expect(completed).toMatchObject({ id, key, size: videoBytes.length, contentType: 'video/mp4' })
    const receipt = completed && 'receipt' in completed ? completed.receipt : ''
    const now = () => startOfTests
    expect(await verifyReceipt(receipt, { secret, owner: 'ada', now })).toMatchObject({ id, key })
    const [object] = await s3.objects('uploads')
    const stored = await new Response(await object?.body()).bytes()
    expect(await sha256Of(stored)).toBe(await sha256Of(videoBytes))
    expect(await s3.uploads('uploads')).toEqual([])
  })

  it('gives the same answer again', async () => {
    const onUploadComplete = vi.fn(() => 'done')
    const pair = createPair({ options: { onUploadComplete } })
    const { token } = await pair.upload()

    const first = await pair.complete(token)
    const second = await pair.complete(token)

    expect(second).toEqual(first)
    expect(completions(pair)).toBe(1)
    expect(onUploadComplete).toHaveBeenCalledTimes(2)
  })

  it.each(['aws', 'rgw16', 'rgw20'] as const)(
    'ends well for two at once on %s',
    async (profile) => {
      const { s3, upload, complete } = createPair({ s3: { profile } })
      const { token } = await upload()

      const answers = await Promise.all([complete(token), complete(token), complete(token)])

      for (const answer of answers) expect(answer).toHaveProperty('receipt')
      expect(await s3.objects('uploads')).toHaveLength(1)
    },
  )

  it('takes a part that was sent twice for one', async () => {
    const { s3, sign, send, complete } = createPair()
    const signed = await sign()
    s3.fault({ operation: 'UploadPart', nth: 2, times: 2, effect: { kind: 'lose-answer' } })
    const [, second] = signed.parts ?? []
    await send(signed, signed.parts?.slice(0, 1))
    for (const _ of [1, 2]) {
      await expect(send(signed, second ? [second] : [])).rejects.toThrow('closed the connection')
    }
    await send(signed, signed.parts?.slice(1))

    expect(await complete(signed.token)).toMatchObject({ size: videoBytes.length })
  })

  it('repeats what the app could not finish', async () => {
    let failures = 1
    const { upload, complete } = createPair({
      options: {
        onUploadComplete: () => {
          if (failures-- > 0) throw new Error('database away')
        },
      },
    })
    const { token } = await upload()

    expect(codeOf(await complete(token))).toBe('completion-failed')
    expect(await complete(token)).toHaveProperty('receipt')
  })

  it('refuses an object of another type', async () => {
    const pair = createPair()
    const signed = await pair.upload()
    await pair.abort(signed.token)
    await putDirectly(pair, addressOf(signed), videoBytes)

    expect(codeOf(await pair.complete(signed.token))).toBe('type-mismatch')
  })

  it('reads 1,500 parts to the end, and then looks for missing ones', async () => {
    const partSizeBytes = 64 * mebibyte
    const bucket = listedParts({ partCount: 1500, pageSize: 1000, partSizeBytes })
    const lists: string[] = []
    const server = createTestHandler({
      async fetch(request) {
        const { searchParams } = new URL(request.url)
        if (request.method === 'HEAD') {
          const headers = { 'content-length': String(1500 * partSizeBytes), etag: '"x-1500"' }
          return lists.length === 0
            ? new Response(null, { status: 404 })
            : new Response(null, { headers: { ...headers, 'content-type': 'image/jpeg' } })
        }
        if (searchParams.has('uploads')) {
          return new Response(
            '<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>',
          )
        }
        if (request.method === 'GET') return bucket.fetch(request)
        lists.push(await request.text())
        return new Response('<CompleteMultipartUploadResult/>')
      },
    })
    const { token } = await server.signOne({ size: 1500 * partSizeBytes })
    const { token: longer } = await server.signOne({ size: 1502 * partSizeBytes })

    const { uploads } = await server.run('complete-uploads', {
      uploads: [{ token: longer }, { token }],
    })

    expect(uploads).toMatchObject([
      {
        error: {
          code: 'parts-missing',
          message: expect.stringMatching(/: of 1502 parts, 2 are missing .*: 1501, 1502\. Send/),
        },
      },
      { size: 1500 * partSizeBytes },
    ])
    const numbers = [...(lists[0] ?? '').matchAll(/<PartNumber>(\d+)</g)].map(([, n]) => Number(n))
    expect(numbers).toEqual(Array.from({ length: 1500 }, (_, index) => index + 1))
  })
})

describe('an upload that was begun twice', () => {
  /** The browser repeats a request by itself: the first answer reaches nobody. */
  async function beginTwice({ sign, send }: Pair): Promise<SignedMultipart> {
    await sign()
    const heardOf = await sign()
    await send(heardOf)
    return heardOf
  }

  it('is not left in the bucket a second time', async () => {
    const pair = createPair()
    const { token } = await beginTwice(pair)

    expect(await pair.complete(token)).toHaveProperty('receipt')
    expect(await pair.s3.uploads('uploads')).toEqual([])
    expect(await pair.s3.objects('uploads')).toHaveLength(1)
  })

  it('is not left there either when the answer to the completion was lost', async () => {
    const pair = createPair()
    const { token } = await beginTwice(pair)
    pair.s3.fault(faultAtCompletion({ kind: 'lose-answer' }, { times: 1 }))

    expect(await pair.complete(token)).toHaveProperty('receipt')
    expect(await pair.s3.uploads('uploads')).toEqual([])
  })

  it('leaves the uploads of other files alone', async () => {
    const pair = createPair()
    const other = await pair.sign({ id: '5a1c1a3e-7a55-4f7c-8f0e-2b8a35f0a001' })
    const { token } = await beginTwice(pair)

    await pair.complete(token)

    expect(await pair.s3.uploads('uploads')).toMatchObject([{ key: other.key }])
  })

  it('gets the same object for both tokens', async () => {
    const pair = createPair()
    const first = await pair.upload()
    const second = await pair.upload()

    const [one, other] = [await pair.complete(first.token), await pair.complete(second.token)]

    expect(one).toHaveProperty('receipt')
    expect(other).toMatchObject({ key: first.key, etag: one && 'etag' in one ? one.etag : '' })
    expect(completions(pair)).toBe(1)
  })

  it('is complete where uploads cannot be listed, and the developer hears of it once', async () => {
    const onError = vi.fn()
    const pair = createPair({ options: { onError } })
    pair.s3.fault(unlistable)
    const { token } = await beginTwice(pair)

    expect(await pair.complete(token)).toHaveProperty('receipt')
    expect(await pair.complete(token)).toHaveProperty('receipt')
    expect(onError).toHaveBeenCalledOnce()
    expect(String(onError.mock.calls[0]?.[0]?.cause)).toContain('s3:ListBucketMultipartUploads')
  })

  it('is complete where the second upload cannot be removed, and the developer hears of it', async () => {
    const onError = vi.fn()
    const pair = createPair({ options: { onError } })
    const { token } = await beginTwice(pair)
    pair.s3.fault({
      operation: 'AbortMultipartUpload',
      effect: { kind: 'refuse', code: 'AccessDenied' },
    })

    expect(await pair.complete(token)).toHaveProperty('receipt')
    expect(String(onError.mock.calls[0]?.[0]?.cause)).toContain('s3:AbortMultipartUpload')
  })

  it('does not wait long for a list that does not come', async () => {
    const pair = createPair()
    const { token } = await beginTwice(pair)
    const clock = new VirtualClock()
    const server = createPair({
      config: { runtime: clock.runtime },
      options: {
        fetch: (request) =>
          new URL(request.url).searchParams.has('uploads')
            ? new Promise(() => {})
            : pair.s3.fetch(request),
      },
    })

    expect(await clock.until(server.complete(token))).toHaveProperty('receipt')
    expect(clock.now).toBe(3000)
  })
})

it('asks S3 three times in a row, not more', async () => {
  const { s3, upload } = createPair()
  const { token } = await upload()
  const rounds = { before: meetingOf(2), after: meetingOf(2) }
  let round: keyof typeof rounds = 'before'
  const server = createPair({
    options: {
      async fetch(request) {
        if (request.method === 'POST') round = 'after'
        else await rounds[round]()
        return s3.fetch(request)
      },
    },
  })

  expect(await server.complete(token)).toHaveProperty('receipt')
})

describe('a file that was signed with its checksum', () => {
  const checksum = 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='
  const stored = { 'content-length': '1234', 'content-type': 'image/jpeg', etag: '"x"' }

  async function completeWith(reported: string | undefined, signed: string | undefined = checksum) {
    const asked: Request[] = []
    const server = createTestHandler({
      async fetch(request) {
        asked.push(request)
        const headers = { ...stored, ...(reported && { 'x-amz-checksum-sha256': reported }) }
        return new Response(null, { headers })
      },
    })
    const { token } = await server.signOne({ checksum: signed })
    const { uploads } = await server.run('complete-uploads', { uploads: [{ token }] })
    const [upload] = uploads
    const receipt = upload && 'receipt' in upload ? upload.receipt : ''
    return { upload, receipt, mode: asked[0]?.headers.get('x-amz-checksum-mode') }
  }

  it('has the checksum in its receipt', async () => {
    const { receipt, mode } = await completeWith(checksum)

    const now = () => startOfTests
    expect(await verifyReceipt(receipt, { secret, owner: 'ada', now })).toMatchObject({ checksum })
    expect(mode).toBe('ENABLED')
  })

  it('is refused when S3 has another one', async () => {
    const { upload } = await completeWith(`${'A'.repeat(43)}=`)

    expect(upload).toMatchObject({ error: { code: 'checksum-mismatch', retryable: false } })
  })

  it('is accepted where S3 keeps none', async () => {
    const { upload } = await completeWith(undefined)

    expect(upload).toHaveProperty('receipt')
  })
})
