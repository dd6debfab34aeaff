import { createHash } from 'node:crypto'
import { createSigningHandler, verifyReceipt } from 's3-direct-upload/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  FileDescription,
  OperationName,
  OperationResponses,
  PartDescription,
  SignedMultipart,
  SignedPart,
} from '../../src/protocol/operations.js'
import { parseResponse } from '../../src/protocol/parse.js'
import { partRange } from '../../src/s3/part-plan.js'
import { createTestBucket, type TestBucket } from '../support/test-bucket.js'
import { jsonRequest, secret } from './handler-setup.js'
import { codeOf, mebibyte, partRequest, sha256Of } from './multipart-setup.js'

/** Over HTTP, to the test S3 or to the server that the environment names; nothing is replaced. */
const bytes = Uint8Array.from({ length: 11 * mebibyte }, (_, index) => (index * 31) % 251)
const sha256 = createHash('sha256').update(bytes).digest('hex')

let bucket: TestBucket
let handler: (request: Request) => Promise<Response>

beforeAll(async () => {
  bucket = await createTestBucket('http://localhost')
  handler = createSigningHandler({
    bucket: bucket.name,
    region: bucket.region,
    endpoint: bucket.endpoint,
    credentials: bucket.credentials,
    secret,
    prefix: 'clips+é/',
    authorize: () => ({ owner: 'ada' }),
    multipartThreshold: '5MiB',
    partSize: '5MiB',
    onError: () => {},
  })
})

afterAll(() => bucket.close())

async function run<Name extends OperationName>(
  operation: Name,
  fields: Record<string, unknown>,
): Promise<OperationResponses[Name]> {
  const response = await handler(jsonRequest({ operation, ...fields }))
  const body = await response.json()
  expect(body).not.toHaveProperty('error')
  const parsed = parseResponse(operation, body)
  if (!parsed.ok) throw new Error(`${parsed.field}: ${parsed.problem}`)
  return parsed.value
}

async function sign(file: Partial<FileDescription> = {}, attempt = 1): Promise<SignedMultipart> {
  const id = crypto.randomUUID()
  const files = [{ id, name: 'clip.mp4', type: 'video/mp4', size: bytes.length, ...file }]
  const [signed] = (await run('sign-uploads', { files, attempt })).files
  if (signed !== undefined && !('error' in signed) && signed.method === 'MULTIPART') return signed
  throw new Error(JSON.stringify(signed))
}

function bytesOf({ partSizeBytes }: SignedMultipart, partNumber: number): Uint8Array<ArrayBuffer> {
  const { start, end } = partRange({ size: bytes.length, partSizeBytes }, partNumber)
  return bytes.subarray(start, end)
}

async function send(upload: SignedMultipart, parts: readonly SignedPart[] = upload.parts ?? []) {
  for (const part of parts) {
    const response = await fetch(partRequest(part, bytesOf(upload, part.partNumber)))
    expect(response.status).toBe(200)
  }
}

async function complete(token: string) {
  const { uploads } = await run('complete-uploads', { uploads: [{ token }] })
  return uploads[0]
}

async function abort(token: string) {
  return (await run('abort-uploads', { tokens: [token] })).uploads[0]
}

describe('a multipart upload', () => {
  it('is signed, sent, listed, put together and proven by its receipt', async () => {
    const upload = await sign()

    await send(upload)
    const listed = await run('list-parts', { token: upload.token })
    const completed = await complete(upload.token)

    expect(listed).toEqual({
      state: 'open',
      parts: [5, 5, 1].map((size, index) => ({ partNumber: index + 1, size: size * mebibyte })),
    })
    expect(completed).toMatchObject({ size: bytes.length, contentType: 'video/mp4' })
    const receipt = completed && 'receipt' in completed ? completed.receipt : ''
    expect(await verifyReceipt(receipt, { secret, owner: 'ada' })).toMatchObject({
      key: upload.key,
      etag: expect.stringMatching(/^".+"$/),
    })
    expect(await bucket.sha256(upload.key)).toBe(sha256)
    expect(await run('list-parts', { token: upload.token })).toMatchObject({ state: 'completed' })
    expect(await complete(upload.token)).toHaveProperty('receipt')
  })

  it('is found again when it is signed again', async () => {
    const { id, key } = await sign()

    const again = await sign({ id }, 2)
    await send(again, again.parts?.slice(1))

    expect(again.key).toBe(key)
    expect(codeOf(await complete(again.token))).toBe('parts-missing')
    await send(again, again.parts?.slice(0, 1))
    expect(await complete(again.token)).toHaveProperty('receipt')
  })

  it('ends well when it is completed three times at once', async () => {
    const upload = await sign()
    await send(upload)

    const answers = await Promise.all([1, 2, 3].map(() => complete(upload.token)))

    for (const answer of answers) expect(answer).toHaveProperty('receipt')
    expect(await bucket.sha256(upload.key)).toBe(sha256)
  })

  it('takes no part of another size', async () => {
    const upload = await sign()
    const [first] = upload.parts ?? []
    if (first === undefined) throw new Error('no part')

    const response = await fetch(partRequest(first, bytes.subarray(0, 5 * mebibyte + 1)))

    expect(response.status).toBe(403)
    await response.body?.cancel()
  })

  it('is gone once it was aborted', async () => {
    const upload = await sign()
    await send(upload)

    expect(await abort(upload.token)).toMatchObject({ state: 'aborted' })
    expect(await abort(upload.token)).toMatchObject({ state: 'aborted' })
    expect(await run('list-parts', { token: upload.token })).toEqual({ state: 'gone', parts: [] })
    expect(codeOf(await complete(upload.token))).toBe('upload-gone')
    expect(await bucket.keys()).not.toContain(upload.key)
  })

  it('never replaces an object, nor leaves an upload beside it', async () => {
    const before = await bucket.openUploads()
    const first = await sign()
    const second = await sign({ id: first.id })
    await send(first)
    await send(second)

    const completed = await complete(first.token)

    expect(completed).toHaveProperty('receipt')
    expect(await bucket.openUploads()).toBe(before)
    const { receipt, ...object } = { receipt: '', ...completed }
    expect(await complete(second.token)).toMatchObject(object)
    const files = [{ id: first.id, name: 'clip.mp4', type: 'video/mp4', size: bytes.length }]
    for (const attempt of [1, 2]) {
      const { files: again } = await run('sign-uploads', { files, attempt })
      expect(codeOf(again[0])).toBe('upload-exists')
    }
    expect(await bucket.openUploads()).toBe(before)
  })

  it('that was begun twice is gone altogether once it was aborted', async () => {
    const before = await bucket.openUploads()
    const first = await sign()
    const second = await sign({ id: first.id })
    await send(first)

    expect(await abort(second.token)).toMatchObject({ state: 'aborted' })
    expect(await bucket.openUploads()).toBe(before)
  })

  it('comes with a checksum for every part', async () => {
    const upload = await sign({ checksumAlgorithm: 'SHA256' })
    const wanted: PartDescription[] = []
    for (const partNumber of [1, 2, 3]) {
      wanted.push({ partNumber, checksum: await sha256Of(bytesOf(upload, partNumber)) })
    }

    const { parts } = await run('sign-parts', { token: upload.token, parts: wanted })
    await send(upload, parts)

    expect(await complete(upload.token)).toHaveProperty('receipt')
    expect(await bucket.sha256(upload.key)).toBe(sha256)
  })
})
