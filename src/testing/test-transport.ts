import { type Runtime, systemRuntime } from '../async/runtime.js'
import type { NetworkError } from '../upload/errors/upload-error.js'
import type { HttpTransport, TransportRequest } from '../upload/transfer/http-transport.js'
import { encodeForm } from './encode-form.js'

/** The line that a test transport simulates, shared by all its transfers. */
export interface SimulatedLine {
  /** @default Infinity */
  readonly bytesPerSecond?: number
  /** Added once before and once after the bytes, half each. @default 0 */
  readonly roundTripMs?: number
}

/** Whatever answers requests as S3 does, such as what `createTestS3` returns. */
export interface RequestAnswerer {
  /** Rejects with a TypeError when the connection breaks, with the signal's reason when that is aborted. */
  fetch(request: Request, context?: { readonly signal?: AbortSignal }): Promise<Response>
}

const tickMs = 50

/**
 * Creates a transport that hands uploads to a test S3 in the same page, with progress as over a real line.
 *
 * For stories and demos: upload progress does not pass a service worker.
 *
 * @example
 * <S3Uploader endpoint="/api/s3" transport={createTestTransport(s3, { bytesPerSecond: 500_000 })} />
 */
export function createTestTransport(s3: RequestAnswerer, line: SimulatedLine = {}): HttpTransport {
  return createTestTransportOn(systemRuntime, s3, line)
}

/** Creates a transport like {@link createTestTransport}, with timers and chance of the caller. */
export function createTestTransportOn(
  runtime: Runtime,
  s3: RequestAnswerer,
  { bytesPerSecond = Number.POSITIVE_INFINITY, roundTripMs = 0 }: SimulatedLine = {},
): HttpTransport {
  let transfers = 0

  const wait = async (delayMs: number, signal: AbortSignal) => {
    await new Promise<void>((resolve) => runtime.setTimer(resolve, delayMs))
    signal.throwIfAborted()
  }

  const sendBytes = async (total: number, { onProgress, signal }: TransportRequest) => {
    transfers += 1
    try {
      for (let sent = 0; sent < total; ) {
        if (Number.isFinite(bytesPerSecond)) await wait(tickMs, signal)
        sent = Math.min(total, sent + (bytesPerSecond * tickMs) / 1000 / transfers)
        onProgress(sent, total)
      }
    } finally {
      transfers -= 1
    }
  }

  return {
    async send(request) {
      const { method, url, headers, body, signal } = request
      const { bytes, contentType } =
        'append' in body
          ? await encodeForm(body, runtime)
          : { bytes: new Uint8Array(await body.arrayBuffer()), contentType: undefined }
      await wait(roundTripMs / 2, signal)
      await sendBytes(bytes.byteLength, request)
      const ownHeaders =
        contentType === undefined ? headers : { ...headers, 'content-type': contentType }
      const outgoing = new Request(url, { method, headers: ownHeaders, body: bytes })
      const response = await s3.fetch(outgoing, { signal }).catch(throwAsTransport)
      await wait(roundTripMs / 2, signal)
      const etag = response.headers.get('etag') ?? undefined
      return { status: response.status, body: await response.text(), etag }
    },
  }
}

/** By which the package knows its own errors, also those of another copy: this entry loads none of the engine. */
const markOfUploadErrors = Symbol.for('s3-direct-upload:UploadError')

/** Says that no answer came as the page's own transport says it. */
function throwAsTransport(cause: unknown): never {
  // By name: in jsdom, what Node throws is not an instance of the window's classes.
  if ((cause as Error).name !== 'TypeError') throw cause
  const error = new Error('No answer came from the test S3.', { cause })
  const facts: Pick<NetworkError, 'name' | 'code' | 'retryable'> = {
    name: 'NetworkError',
    code: 'network',
    retryable: true,
  }
  throw Object.assign(error, facts, { [markOfUploadErrors]: true })
}
