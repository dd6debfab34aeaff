import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Runtime, systemRuntime } from '../../async/runtime.js'
import { createTestS3On } from '../s3/create-test-s3.js'
import type { TestS3Storage } from '../s3/model/storage.js'
import type { TestS3, TestS3Options } from '../s3/test-s3.js'
import { DiskStorage } from './disk/disk-storage.js'
import { isForHost, refuseHost } from './http/answered-hosts.js'
import { answerOverHttp } from './http/node-front.js'
import { nodeHashes } from './node-hashes.js'

/** How a test S3 with a port is set up. */
export interface StartTestS3Options extends TestS3Options {
  /** The port to listen on. @default 0, any free port */
  readonly port?: number
  /**
   * Where objects lie as files, `<directory>/<bucket>/<key>`; empty, or used by a test S3 before.
   *
   * @default a temporary directory that `close` removes
   */
  readonly directory?: string
  /**
   * The host names for which it answers, such as `localhost` (with the names below it) and `127.0.0.1`; a request for another is
   * refused with 421. So a page of another site cannot reach it under a name of its own.
   *
   * @default every name
   */
  readonly hosts?: readonly string[]
}

/** A test S3 that listens on a port of this machine. */
export interface RunningTestS3 {
  /** Such as `http://127.0.0.1:9000`; `http://<bucket>.localhost:9000` works as well. */
  readonly url: string
  /** The port it listens on. */
  readonly port: number
  /** The test S3 behind the port: its objects, unfinished multipart uploads and faults. */
  readonly s3: TestS3
  /** Ends every connection and frees the port. */
  close(): Promise<void>
}

/** Node's own 16 KiB are too little for some presigned URLs with a session token. */
const maxHeaderBytes = 64 * 1024
const keepAliveMs = 60_000

/**
 * Starts a test S3 on 127.0.0.1, with its objects on disk.
 *
 * @example
 * const { url, s3, close } = await startTestS3({
 *   buckets: ['photos'],
 *   credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
 *   cors: [{ allowedOrigins: ['*'], allowedMethods: ['POST', 'PUT'], allowedHeaders: ['*'] }],
 * })
 * @throws TypeError when the options cannot work.
 * @throws Error when the port is taken, or the directory holds other files or is used by another test S3.
 */
export async function startTestS3(options: StartTestS3Options): Promise<RunningTestS3> {
  return startTestS3On(systemRuntime, options)
}

/** Starts a test S3 like {@link startTestS3}, with clocks, timers and chance of the caller. */
export async function startTestS3On(
  runtime: Runtime,
  options: StartTestS3Options,
): Promise<RunningTestS3> {
  const { storage, release } = await openStorage(runtime, options)
  try {
    const hashes = { ...nodeHashes, ...options.hashes }
    const s3 = createTestS3On(runtime, { ...options, storage, hashes })
    const { port, close } = await listen({ s3, setTimer: runtime.setTimer }, options)
    try {
      // The port comes first: a second start would tidy up what the first one is writing.
      await s3.ready()
    } catch (error) {
      await close()
      throw error
    }
    return {
      url: `http://127.0.0.1:${port}`,
      port,
      s3,
      async close() {
        await close()
        await release()
      },
    }
  } catch (error) {
    await release()
    throw error
  }
}

/** A test S3 and what its connections need of the surroundings. */
interface Front {
  readonly s3: TestS3
  readonly setTimer: Runtime['setTimer']
}

/** A storage that this test S3 has for itself until `release`. */
interface OpenStorage {
  readonly storage: TestS3Storage
  readonly release: () => Promise<void>
}

/** Opens the storage of the options, by default one in a temporary directory that `release` removes. */
async function openStorage(runtime: Runtime, options: StartTestS3Options): Promise<OpenStorage> {
  if (options.storage) return { storage: options.storage, release: async () => {} }
  if (options.directory !== undefined) {
    const storage = new DiskStorage(resolve(options.directory), runtime, { isExclusive: true })
    return { storage, release: () => storage.release() }
  }
  const directory = await mkdtemp(join(tmpdir(), 'test-s3-'))
  return {
    storage: new DiskStorage(directory, runtime),
    release: () => rm(directory, { recursive: true, force: true }),
  }
}

/** Listens on the port of the options. */
async function listen(front: Front, { port: wantedPort = 0, hosts }: StartTestS3Options) {
  const { server, whenIdle } = serve(front, hosts)
  server.listen(wantedPort, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo
  return {
    port,
    async close() {
      server.close()
      server.closeAllConnections()
      await whenIdle()
    },
  }
}

function serve(
  front: Front,
  hosts: readonly string[] | undefined,
): { server: Server; whenIdle: () => Promise<void> } {
  const answering = new Set<Promise<void>>()
  const listener =
    (expectsContinue: boolean) => (request: IncomingMessage, response: ServerResponse) => {
      if (hosts && !isForHost(request, hosts)) return refuseHost(response, hosts)
      const answer = answerOverHttp(front, { message: request, response, expectsContinue }).catch(
        (error: unknown) => {
          response.destroy(error instanceof Error ? error : undefined)
        },
      )
      answering.add(answer)
      void answer.finally(() => answering.delete(answer))
    }
  const server = createServer({ maxHeaderSize: maxHeaderBytes }, listener(false))
  server.on('checkContinue', listener(true))
  // Uploads take as long as they take.
  server.requestTimeout = 0
  server.keepAliveTimeout = keepAliveMs
  return {
    server,
    async whenIdle() {
      await Promise.all(answering)
    },
  }
}
