import { createSigningHandler, type SigningOptions } from 's3-direct-upload/server'
import { createTestS3, type TestS3Options, type TestS3RequestEvent } from 's3-direct-upload/testing'
import { expect } from 'vitest'
import { systemRuntime } from '../../src/async/runtime.js'
import type {
  FileDescription,
  OperationName,
  OperationResponses,
  SignedUpload,
} from '../../src/protocol/operations.js'
import { parseResponse } from '../../src/protocol/parse.js'
import { partRange } from '../../src/s3/part-plan.js'
import { openReceiptStorage } from '../../src/server/backend/receipt-storage.js'
import { nodeHashes } from '../../src/testing/node/node-hashes.js'
import { credentials, file, jsonRequest, secret } from './handler-setup.js'

const mebibyte = 2 ** 20

/** The three ways in which a file can go, and the options that make a file of 6 MiB go so. */
export const methods = {
  POST: { multipartThreshold: false, method: 'POST' },
  PUT: { multipartThreshold: false, method: 'PUT' },
  MULTIPART: { multipartThreshold: 5 * mebibyte, partSize: 5 * mebibyte },
} as const satisfies Record<string, Partial<SigningOptions>>

/** Bytes that begin as given and are long enough to go in parts. */
export function bytesFrom(beginning: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(6 * mebibyte)
  bytes.set(typeof beginning === 'string' ? new TextEncoder().encode(beginning) : beginning)
  return bytes
}

export interface UploadPairOptions extends Partial<SigningOptions> {
  readonly s3Options?: Partial<TestS3Options>
}

/** A bucket and the handler that signs for it, for files that go in one request or in parts. */
export function createUploadPair({ s3Options, ...changes }: UploadPairOptions = {}) {
  const events: TestS3RequestEvent[] = []
  const errors: unknown[] = []
  const s3 = createTestS3({
    buckets: ['uploads'],
    credentials,
    region: 'eu-west-1',
    hashes: nodeHashes,
    onRequest: (event) => events.push(event),
    ...s3Options,
  })
  const options: SigningOptions = {
    bucket: 'uploads',
    region: 'eu-west-1',
    endpoint: 'https://s3.test',
    credentials,
    secret,
    prefix: 'files',
    authorize: () => ({ owner: 'ada' }),
    fetch: (request) => s3.fetch(request),
    onError: (error) => errors.push(error),
    ...changes,
  }
  const handler = createSigningHandler(options)

  async function run<Name extends OperationName>(
    operation: Name,
    fields: object,
  ): Promise<OperationResponses[Name]> {
    const response = await handler(jsonRequest({ operation, ...fields }))
    const parsed = parseResponse(operation, await response.json())
    if (!parsed.ok) throw new Error(`${parsed.field}: ${parsed.problem}`)
    return parsed.value
  }

  async function sign(description: Partial<FileDescription>): Promise<SignedUpload> {
    const { files } = await run('sign-uploads', { files: [file(description)] })
    const [signed] = files
    if (signed === undefined || 'error' in signed) throw new Error(JSON.stringify(signed))
    return signed
  }

  async function send(
    signed: SignedUpload,
    bytes: Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<void> {
    for (const request of requestsOf(signed, bytes)) {
      for (const [name, value] of Object.entries(headers)) request.headers.set(name, value)
      expect((await s3.fetch(request)).ok).toBe(true)
    }
  }

  return {
    s3,
    options,
    /** Speaks to the bucket as an app would. */
    client: openReceiptStorage(options, {
      bucket: 'uploads',
      now: () => new Date(),
      runtime: systemRuntime,
    }),
    errors,
    sign,
    send,
    /** What S3 was asked for, in order. */
    asked: () => events.map(({ operation }) => operation),
    /** Signs a file and sends its bytes, with headers of the page's own if there are any. */
    async upload(
      bytes: Uint8Array<ArrayBuffer>,
      {
        headers,
        ...description
      }: Partial<FileDescription> & { headers?: Record<string, string> } = {},
    ) {
      const signed = await sign({ id: crypto.randomUUID(), size: bytes.length, ...description })
      await send(signed, bytes, headers)
      return signed
    },
    async complete(token: string) {
      const { uploads } = await run('complete-uploads', { uploads: [{ token }] })
      return uploads[0]
    },
    async receiptOf(token: string): Promise<string> {
      const completed = await this.complete(token)
      if (completed && 'receipt' in completed) return completed.receipt
      throw new Error(JSON.stringify(completed))
    },
    async abort(token: string) {
      const { uploads } = await run('abort-uploads', { tokens: [token] })
      return uploads[0]
    },
  }
}

/** The requests a browser would send; it adds the length of a PUT itself. */
function requestsOf(signed: SignedUpload, bytes: Uint8Array<ArrayBuffer>): Request[] {
  const put = (url: string, headers: Record<string, string>, body: Uint8Array<ArrayBuffer>) =>
    new Request(url, {
      method: 'PUT',
      headers: { ...headers, 'content-length': String(body.length) },
      body,
    })
  if (signed.method === 'PUT') return [put(signed.url, signed.headers, bytes)]
  if (signed.method === 'POST') {
    const form = new FormData()
    for (const [name, value] of Object.entries(signed.fields)) form.append(name, value)
    form.append('file', new Blob([bytes]), 'photo.jpg')
    return [new Request(signed.url, { method: 'POST', body: form })]
  }
  const plan = { size: bytes.length, partSizeBytes: signed.partSizeBytes }
  return (signed.parts ?? []).map(({ partNumber, url, headers }) => {
    const { start, end } = partRange(plan, partNumber)
    return put(url, headers, bytes.subarray(start, end))
  })
}
