import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import {
  createSigningHandler,
  type SigningOptions,
  type StoredUpload,
} from 's3-direct-upload/server'
import { toNodeListener } from 's3-direct-upload/server/node'
import type { TestS3, TestS3RequestEvent } from 's3-direct-upload/testing'
import { startTestS3 } from 's3-direct-upload/testing/node'
import { fetchPast, type Line, startLine } from '../support/line.js'

/** The page of one row, its endpoint, and a bucket on another origin at the end of a line. */
export interface EngineSite {
  /** The URL of the page with props of the component. */
  page(props?: object, more?: string): string
  readonly line: Line
  readonly s3: TestS3
  /** What `onUploadComplete` heard of, once for each key. */
  uploads(): StoredUpload[]
  readonly requests: readonly TestS3RequestEvent[]
  /** SHA-256 of what lies in the bucket, hexadecimal. */
  sha256(key: string): Promise<string>
  openUploads(): Promise<number>
  close(): Promise<void>
}

export interface EngineSiteOptions {
  /** Runs in the page before all else. */
  readonly before?: string
  /** Of the page. */
  readonly headers?: Readonly<Record<string, string>>
  readonly signing?: Partial<SigningOptions>
  /** Whose pages the bucket lets upload. @default all */
  readonly allowedOrigin?: string
}

const bucket = 'uploads'
const credentials = { accessKeyId: 'AKIAENGINES', secretAccessKey: 'secret' }
const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

/** Starts everything; `folder` has the built page. */
export async function startEngineSite(
  folder: string,
  { before = '', headers = {}, signing, allowedOrigin = '*' }: EngineSiteOptions = {},
): Promise<EngineSite> {
  const requests: TestS3RequestEvent[] = []
  const { s3, ...server } = await startTestS3({
    buckets: [bucket],
    credentials,
    cors: [
      {
        allowedOrigins: [allowedOrigin],
        allowedMethods: ['POST', 'PUT'],
        allowedHeaders: ['*'],
        maxAgeSeconds: 3600,
      },
    ],
    onRequest: (event) => requests.push(event),
  })
  const s3Port = Number(new URL(server.url).port)
  const line = await startLine(s3Port)
  const stored = new Map<string, StoredUpload>()
  const handler = createSigningHandler({
    bucket,
    region: 'us-east-1',
    endpoint: line.url,
    credentials,
    secret: 'a secret of at least thirty-two characters',
    authorize: () => ({ owner: 'ann' }),
    onUploadComplete: (upload) => void stored.set(upload.key, upload),
    onError: () => undefined,
    fetch: fetchPast(s3Port),
    ...signing,
  })
  const pages = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/api/s3') return void toNodeListener(handler)(request, response)
    if (pathname === '/before.js')
      return void response.setHeader('content-type', 'text/javascript').end(before)
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    if (pathname === '/elsewhere')
      return void response.setHeader('content-type', 'text/html').end('<title>Elsewhere</title>')
    return void serveFile(
      join(folder, pathname === '/' ? 'index.html' : pathname),
      request,
      response,
    )
  })
  pages.listen(0, '127.0.0.1')
  await once(pages, 'listening')
  // A server that listens on a port has an address of this form.
  const url = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`

  return {
    page: (props = {}, more = '') =>
      `${url}/?props=${encodeURIComponent(JSON.stringify(props))}${more}`,
    line,
    s3,
    requests,
    uploads: () => [...stored.values()],
    async sha256(key) {
      const object = (await s3.objects(bucket)).find((candidate) => candidate.key === key)
      if (!object) throw new Error(`Nothing lies at ${key}.`)
      const hash = createHash('sha256')
      for await (const chunk of await object.body()) hash.update(chunk)
      return hash.digest('hex')
    },
    openUploads: async () => (await s3.uploads(bucket)).length,
    async close() {
      pages.closeAllConnections()
      pages.close()
      await line.close()
      await server.close()
    },
  }
}

async function serveFile(
  path: string,
  _request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) return void response.writeHead(404).end()
  response.setHeader('content-type', contentTypes[extname(path)] ?? 'application/octet-stream')
  createReadStream(path).pipe(response)
}
