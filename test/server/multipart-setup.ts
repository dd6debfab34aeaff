import { createTestS3, type FaultRule } from 's3-direct-upload/testing'
import { expect } from 'vitest'
import { type Runtime, systemRuntime } from '../../src/async/runtime.js'
import type {
  FileDescription,
  OperationName,
  OperationResponses,
  PartDescription,
  SignedMultipart,
  SignedPart,
} from '../../src/protocol/operations.js'
import { parseResponse } from '../../src/protocol/parse.js'
import { maxPartBytes } from '../../src/s3/limits.js'
import { partRange } from '../../src/s3/part-plan.js'
import { resolveOptions, type SigningConfig } from '../../src/server/config/signing-config.js'
import type { SigningOptions } from '../../src/server/contract/signing-options.js'
import { createConfiguredHandler } from '../../src/server/create-signing-handler.js'
import { toBase64 } from '../../src/sigv4/crypto.js'
import { nodeHashes } from '../../src/testing/node/node-hashes.js'
import {
  credentials,
  errorOf,
  file,
  jsonRequest,
  options,
  secret,
  startOfTests,
} from './handler-setup.js'

export const mebibyte = 2 ** 20

/** Two parts and a half. */
export const videoBytes = Uint8Array.from(
  { length: 2.5 * mebibyte },
  (_, index) => (index * 31) % 251,
)

type TestS3Options = Parameters<typeof createTestS3>[0]

/** What of a {@link createPair} is not as usual. */
export interface PairChanges {
  readonly options?: Partial<SigningOptions>
  readonly config?: Partial<SigningConfig>
  readonly s3?: Partial<TestS3Options>
}

/**
 * A bucket and the handler that signs for it; parts are of 1 MiB, which S3 would find too small, and pauses take no time.
 *
 * `changes.options.fetch` replaces the bucket for the handler, not for the browser.
 */
export function createPair(changes: PairChanges = {}) {
  const clock = { now: startOfTests }
  const pauses: number[] = []
  const asked: string[] = []
  const s3 = createTestS3({
    buckets: ['uploads'],
    credentials,
    region: 'eu-west-1',
    now: () => clock.now,
    minPartSizeBytes: mebibyte,
    hashes: nodeHashes,
    onRequest: ({ operation = 'nothing' }) => asked.push(operation),
    ...changes.s3,
  })
  const runtime: Runtime = {
    ...systemRuntime,
    sleep: async (ms) => {
      pauses.push(ms)
    },
  }
  const handler = createConfiguredHandler({
    ...resolveOptions(
      {
        ...options,
        now: () => clock.now,
        fetch: (request) => s3.fetch(request),
        ...changes.options,
      },
      runtime,
    ),
    multipart: {
      thresholdBytes: 2 * mebibyte,
      minPartSizeBytes: mebibyte,
      maxPartSizeBytes: maxPartBytes,
      wishThresholdBytes: 2 * mebibyte,
    },
    ...changes.config,
  })
  const post = (body: unknown, user = 'ada', signal: AbortSignal | null = null) =>
    handler(new Request(jsonRequest(body, { 'x-user': user }), { signal }))

  /** Sends an operation that must be answered, and checks the answer against the protocol. */
  async function run<Name extends OperationName>(
    operation: Name,
    fields: Record<string, unknown>,
    user?: string,
  ): Promise<OperationResponses[Name]> {
    const response = await post({ operation, ...fields }, user)
    expect(response.status).toBe(200)
    const parsed = parseResponse(operation, await response.json())
    if (!parsed.ok) throw new Error(`${parsed.field}: ${parsed.problem}`)
    expect(JSON.stringify(parsed.value)).not.toContain('endpoint-answer')
    return parsed.value
  }

  async function trySign(description: Partial<FileDescription> = {}, attempt = 1, user?: string) {
    const { files } = await run('sign-uploads', { files: [video(description)], attempt }, user)
    return files[0]
  }

  async function sign(
    description: Partial<FileDescription> = {},
    attempt = 1,
  ): Promise<SignedMultipart> {
    const signed = await trySign(description, attempt)
    if (signed === undefined || 'error' in signed || signed.method !== 'MULTIPART') {
      throw new Error(JSON.stringify(signed))
    }
    return signed
  }

  /** Sends parts as a browser would, those given or all that are signed. */
  async function send({ partSizeBytes, parts = [] }: SignedMultipart, signed = parts) {
    const plan = { size: videoBytes.length, partSizeBytes }
    for (const part of signed) {
      const { start, end } = partRange(plan, part.partNumber)
      expect((await s3.fetch(partRequest(part, videoBytes.subarray(start, end)))).status).toBe(200)
    }
  }

  return {
    s3,
    handler,
    clock,
    secret,
    pauses,
    asked,
    post,
    run,
    trySign,
    sign,
    send,
    /** Signs the video and sends all of it. */
    async upload(description: Partial<FileDescription> = {}): Promise<SignedMultipart> {
      const signed = await sign(description)
      await send(signed)
      return signed
    },
    async complete(token: string) {
      const { uploads } = await run('complete-uploads', { uploads: [{ token }] })
      return uploads[0]
    },
    async abort(token: string) {
      const { uploads } = await run('abort-uploads', { tokens: [token] })
      return uploads[0]
    },
    signParts: (token: string, parts: readonly PartDescription[]) =>
      run('sign-parts', { token, parts }),
    listParts: (token: string) => run('list-parts', { token }),
    async refusalOf(operation: OperationName, fields: Record<string, unknown>, user?: string) {
      return errorOf(await post({ operation, ...fields }, user))
    },
  }
}

/** Keeps requests waiting until so many are under way at once; those that come one after the other wait for ever. */
export function meetingOf(count: number): () => Promise<void> {
  let arrived = 0
  let open: () => void
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return () => {
    arrived += 1
    if (arrived === count) open()
    return opened
  }
}

/** Takes from the server the permission to list the uploads of its bucket. */
export const unlistable: FaultRule = {
  operation: 'ListMultipartUploads',
  effect: { kind: 'refuse', code: 'AccessDenied' },
}

/** What the page says of the file of these tests. */
export function video(changes: Partial<FileDescription> = {}): FileDescription {
  return file({ name: 'clip.mp4', type: 'video/mp4', size: videoBytes.length, ...changes })
}

/** The request a browser would send. */
export function partRequest(
  { url, headers }: SignedPart,
  body: Uint8Array<ArrayBuffer>,
  changes: Record<string, string> = {},
): Request {
  // The browser adds the length itself.
  const sent = { ...headers, 'content-length': String(body.length), ...changes }
  return new Request(url, { method: 'PUT', headers: sent, body })
}

export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

/** What is proven by the code of a refusal, or that there was none. */
export function codeOf(answer: object | undefined): string | undefined {
  if (answer === undefined || !('error' in answer)) return undefined
  const { error } = answer
  return typeof error === 'object' && error !== null && 'code' in error
    ? String(error.code)
    : undefined
}
