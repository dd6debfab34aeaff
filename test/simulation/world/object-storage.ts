import { createHash } from 'node:crypto'
import type { TestS3, TestS3RequestEvent } from 's3-direct-upload/testing'
import type { Runtime } from '../../../src/async/runtime.js'
import { signRequest } from '../../../src/sigv4/sign-request.js'
import { createTestS3On } from '../../../src/testing/s3/create-test-s3.js'
import type { Clock } from '../clock/clock.js'
import { Process } from '../clock/process.js'
import { startMs } from '../clock/virtual-runtime.js'
import type { ServerFacts } from '../scenario/scenario.js'
import type { CredentialSeries } from './credentials.js'

export const bucket = 'uploads'
export const storageUrl = 'https://s3.test'
const region = 'us-east-1'

/** A request that S3 has answered, and when. */
export interface SeenRequest extends TestS3RequestEvent {
  readonly atMs: number
  /** What S3 calls the multipart upload that it is about. */
  readonly uploadId?: string | undefined
  /** Who has sent it, where that is known. */
  readonly sender?: number | undefined
}

interface StorageOptions {
  readonly clock: Clock
  readonly runtime: Runtime
  readonly server: ServerFacts
  readonly credentials: CredentialSeries
  readonly onRequest: (request: SeenRequest) => void
}

/** What a request of S3's own tasks has beside method and path. */
interface OwnRequest {
  readonly headers?: Readonly<Record<string, string>>
  /** @default none */
  readonly body?: string | null
}

const checksumOfNothing = {
  'x-amz-checksum-sha256': createHash('sha256').digest('base64'),
}

const nodeHash = (name: string) => () => createHash(name)

/** The bucket: the strict test S3 in a process of its own. */
export class ObjectStorage {
  readonly process = new Process('s3')
  readonly requests: SeenRequest[] = []
  readonly s3: TestS3
  readonly #clock: Clock
  readonly #credentials: CredentialSeries
  #received: Pick<SeenRequest, 'atMs' | 'uploadId' | 'sender'> | undefined

  constructor({ clock, runtime, server, credentials, onRequest }: StorageOptions) {
    this.#clock = clock
    this.#credentials = credentials
    this.s3 = createTestS3On(runtime, {
      buckets: [bucket],
      credentials: credentials.all(),
      profile: server.profile,
      now: () => new Date(startMs + (this.#received?.atMs ?? clock.now)),
      hashes: { md5: nodeHash('md5'), sha1: nodeHash('sha1'), sha256: nodeHash('sha256') },
      cors: [{ allowedOrigins: ['*'], allowedMethods: ['POST', 'PUT'], allowedHeaders: ['*'] }],
      onRequest: (event) => {
        const request = { ...this.#received, ...event, atMs: clock.now }
        this.requests.push(request)
        onRequest(request)
      },
    })
  }

  /**
   * Answers a request in a task of its own.
   *
   * S3 judges signature and policy by the time at which the request began to arrive.
   */
  answer(
    request: () => Request,
    beganMs: number,
    take: (response: Response) => void,
    sender?: number,
  ): void {
    const work = async () => {
      const received = request()
      const uploadId = new URL(received.url).searchParams.get('uploadId') ?? undefined
      this.#received = { atMs: beganMs, uploadId, sender }
      const answering = this.s3.fetch(received)
      take(await answering.finally(() => (this.#received = undefined)))
    }
    this.#clock.at(0, () => void work(), { process: this.process })
  }

  /** Does what a lifecycle rule does: gives up every multipart upload. */
  async removeUploads(): Promise<void> {
    for (const { key, uploadId } of await this.s3.uploads(bucket)) {
      await this.#send('DELETE', `/${bucket}/${key}?uploadId=${uploadId}`)
    }
  }

  /** Of every multipart upload, the first part that has arrived is there no longer: it is empty. */
  async loseParts(): Promise<void> {
    for (const { key, uploadId, parts } of await this.s3.uploads(bucket)) {
      const [part] = parts
      const query = `partNumber=${part?.partNumber}&uploadId=${uploadId}`
      if (!part) continue
      const path = `/${bucket}/${key}?${query}`
      const { ok } = await this.#send('PUT', path, { body: '' })
      // Where every part has its checksum.
      if (!ok) await this.#send('PUT', path, { body: '', headers: checksumOfNothing })
    }
  }

  async #send(
    method: 'DELETE' | 'PUT',
    path: string,
    { headers: own = {}, body = null }: OwnRequest = {},
  ): Promise<Response> {
    const url = new URL(path, storageUrl)
    const now = new Date(startMs + this.#clock.now)
    const credentials = this.#credentials.at(this.#clock.now)
    const headers = signRequest({ method, url, headers: own }, { credentials, region, now })
    return await this.s3.fetch(new Request(url, { method, headers, body }))
  }
}
