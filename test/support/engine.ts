import { createSigningHandler, type SigningOptions } from 's3-direct-upload/server'
import { createTestS3, type TestS3, type TestS3RequestEvent } from 's3-direct-upload/testing'
import { expect, vi } from 'vitest'
import { abortable } from '../../src/async/abortable.js'
import { type Runtime, systemRuntime } from '../../src/async/runtime.js'
import type { OperationRequest } from '../../src/protocol/operations.js'
import { nodeHashes } from '../../src/testing/node/node-hashes.js'
import { beginSession, createAskEndpoint } from '../../src/upload/endpoint/ask-endpoint.js'
import type { SigningClientOptions } from '../../src/upload/endpoint/endpoint-request.js'
import { createUploadClient } from '../../src/upload/endpoint/upload-client.js'
import type { UploadEngineOptions } from '../../src/upload/engine-options.js'
import { NetworkError } from '../../src/upload/errors/upload-error.js'
import { InterruptedUploads } from '../../src/upload/resume/interrupted-uploads.js'
import type { ResumeStore } from '../../src/upload/resume/resume-store.js'
import type { InterruptedRecords, UploadResumption } from '../../src/upload/resume/resumption.js'
import { StoredResumption } from '../../src/upload/resume/stored-resumption.js'
import { createWebLock } from '../../src/upload/resume/web-lock.js'
import { UploadStore } from '../../src/upload/store/upload-store.js'
import type {
  TransportRequest,
  TransportResponse,
} from '../../src/upload/transfer/http-transport.js'
import { UploadEngine } from '../../src/upload/upload-engine.js'
import { createMemoryResumeStore } from './memory-resume-store.js'

export const mebibyte = 2 ** 20
const bucket = 'uploads'
const endpoint = 'http://app.test/api/s3'
const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }

/** What a page, its server and its bucket share, whatever is reloaded. */
export interface Site {
  readonly s3: TestS3
  /** What S3 was asked for and by whom: `Operation` by the page, `server Operation` by the server. */
  readonly requests: TestS3RequestEvent[]
  readonly handler: (request: Request) => Promise<Response>
  readonly resumeStore: ResumeStore
  readonly clock: { ms: number }
  operations(name: string): TestS3RequestEvent[]
  openUploads(): Promise<number>
  bytesOf(key: string): Promise<Uint8Array>
}

/** A signing handler and a test S3, all in this process; parts have 5 MiB. */
export function createSite(options: Partial<SigningOptions> = {}): Site {
  const clock = { ms: Date.UTC(2026, 0, 1) }
  const now = () => new Date(clock.ms)
  const requests: TestS3RequestEvent[] = []
  const s3 = createTestS3({
    buckets: [bucket],
    credentials,
    now,
    hashes: nodeHashes,
    onRequest: (event) => requests.push(event),
  })
  const handler = createSigningHandler({
    bucket,
    region: 'us-east-1',
    endpoint: 'http://s3.test',
    forcePathStyle: true,
    credentials,
    secret: 'a secret of 32 characters or more',
    authorize: () => ({ owner: 'ada' }),
    multipartThreshold: '5MiB',
    partSize: '5MiB',
    fetch: (request) => s3.fetch(request, { signal: request.signal }),
    now,
    // What the tests plant is no news.
    onError: () => {},
    ...options,
  })
  return {
    s3,
    requests,
    handler,
    clock,
    resumeStore: createMemoryResumeStore({ wallNow: () => clock.ms }),
    operations: (name) => requests.filter(({ operation }) => operation === name),
    openUploads: async () => (await s3.uploads(bucket)).length,
    async bytesOf(key) {
      const object = (await s3.objects(bucket)).find((candidate) => candidate.key === key)
      if (!object) throw new Error(`There is no ${key}.`)
      return new Uint8Array(await new Response(await object.body()).arrayBuffer())
    },
  }
}

/** A page of the site: its engine with a clock that only waiting moves. */
export function openPage(
  site: Site,
  {
    client = {},
    onSend = (send) => send(),
    ...options
  }: Partial<Omit<UploadEngineOptions, 'client' | 'transport' | 'runtime' | 'resumption'>> & {
    readonly runtime?: Partial<Runtime>
    readonly client?: Partial<SigningClientOptions>
    readonly resumption?: (UploadResumption & InterruptedRecords) | undefined
    /** Stands in the way of every transfer, and may change its request. */
    readonly onSend?: (
      send: (request?: TransportRequest) => Promise<TransportResponse>,
      request: TransportRequest,
    ) => Promise<TransportResponse>
  } = {},
) {
  const network = { isOnline: true, asked: [] as OperationRequest[], slept: [] as number[] }
  const lock = createWebLock(undefined)
  const resumption = new StoredResumption({
    store: site.resumeStore,
    lock,
    endpoint: () => endpoint,
    wallNow: () => site.clock.ms,
    onSaved: () => {},
    onOutdated: (uploadId) => void interrupted.discard(uploadId),
  })
  const runtime: Runtime = {
    ...systemRuntime,
    now: () => site.clock.ms,
    wallNow: () => site.clock.ms,
    random: () => 1,
    isOnline: () => network.isOnline,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      network.slept.push(ms)
      site.clock.ms += ms
      await new Promise((resolve) => setTimeout(resolve))
      signal?.throwIfAborted()
    },
    ...options.runtime,
  }
  const store = new UploadStore(runtime)
  const ask = createAskEndpoint(
    () => ({
      endpoint,
      fetch: async (url, init) => {
        if (!network.isOnline) throw new TypeError('offline')
        network.asked.push(JSON.parse(String(init?.body)))
        return await site.handler(new Request(url, init))
      },
      ...client,
    }),
    beginSession(runtime),
  )
  const engine = new UploadEngine({
    store,
    client: createUploadClient(ask),
    transport: {
      send: (request) => onSend((changed) => sendTo(site, network, changed ?? request), request),
    },
    resumption,
    ...options,
    runtime,
  })
  const interrupted = new InterruptedUploads({
    store,
    records: Promise.resolve(options.resumption ?? resumption),
    aborts: engine.aborts,
    addAndStart: () => {},
    runtime,
  })
  return {
    store,
    engine,
    network,
    interrupted,
    /** Adds a file and gives its id. */
    add(source: Blob, facts: { readonly id?: string; readonly uploadId?: string } = {}) {
      const name = source instanceof File ? source.name : 'a.bin'
      const { id = name, uploadId = crypto.randomUUID() } = facts
      store.add([{ id, uploadId, name, type: source.type, size: source.size, source }])
      return id
    },
    asked: <Operation extends OperationRequest['operation']>(operation: Operation) =>
      network.asked.filter(
        (request): request is Extract<OperationRequest, { operation: Operation }> =>
          request.operation === operation,
      ),
  }
}

/** Uploads a file until so many of its parts have arrived; then the page is gone, and only what it has kept is left. */
export async function leaveAfter(
  site: Site,
  parts: number,
  file: File,
  options: Parameters<typeof openPage>[1] = {},
): Promise<void> {
  let sent = 0
  const page = openPage(site, {
    ...options,
    concurrency: 1,
    async onSend(send, request) {
      if (sent === parts) {
        page.engine.destroy()
        request.signal.throwIfAborted()
      }
      sent += 1
      return await send()
    },
  })
  await page.engine.upload(page.add(file))
  await vi.waitFor(async () => {
    const [record, ...others] = await site.resumeStore.list(endpoint)
    expect(record?.samples).toBeDefined()
    expect(others).toEqual([])
  })
}

/** Sends to the test S3 as a browser does: an answer that breaks off is none at all. */
async function sendTo(
  site: Site,
  network: { readonly isOnline: boolean },
  { method, url, headers, body, signal, onProgress }: TransportRequest,
): Promise<TransportResponse> {
  const request = new Request(url, { method, headers, body, signal })
  const size = body instanceof Blob ? body.size : 0
  // Undici has no upload progress: half of the bytes are under way, then all.
  onProgress(Math.floor(size / 2), size)
  try {
    if (!network.isOnline) throw new TypeError('offline')
    // A body that gives no bytes keeps no browser from ending the request.
    const sized = await abortable(withLength(request), signal)
    const response = await site.s3.fetch(sized, { signal })
    onProgress(size, size)
    return { status: response.status, body: await response.text() }
  } catch (cause) {
    signal.throwIfAborted()
    throw new NetworkError('No answer.', { code: 'network', cause })
  }
}

/** A browser tells the length of what it sends, undici's `Request` does not. */
async function withLength(request: Request): Promise<Request> {
  const body = await request.blob()
  const headers = new Headers(request.headers)
  headers.set('content-length', String(body.size))
  return new Request(request.url, { method: request.method, headers, body, signal: request.signal })
}

/** A file whose every byte depends on its place, so that a mixed-up part shows. */
export function fileOf(size: number, { name = 'film.bin', seed = 1, lastModified = 1 } = {}): File {
  const words = new Uint32Array(Math.ceil(size / 4))
  for (let index = 0; index < words.length; index += 1) {
    words[index] = Math.imul(index + seed, 2_654_435_761)
  }
  return new File([new Uint8Array(words.buffer, 0, size)], name, {
    type: 'application/octet-stream',
    lastModified,
  })
}

/** Whether the bucket holds exactly the bytes of the file. */
export async function isStoredExactly(site: Site, key: string, file: Blob): Promise<boolean> {
  const [stored, wanted] = [await site.bytesOf(key), new Uint8Array(await file.arrayBuffer())]
  return Buffer.compare(stored, wanted) === 0
}
