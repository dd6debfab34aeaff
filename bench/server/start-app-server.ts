import { once } from 'node:events'
import { createReadStream, existsSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { json } from 'node:stream/consumers'
import { createSigningHandler } from 's3-direct-upload/server'
import { toNodeListener } from 's3-direct-upload/server/node'
import { answerBetterUpload } from './better-upload-route.js'
import { bucket } from './bucket.js'
import { createFetchNearby } from './fetch-nearby.js'
import type { EndpointContext, JsonEndpoint } from './file-facts.js'
import { signForUppy, signPostForUppy } from './sign-for-uppy.js'
import { signRaw } from './sign-raw.js'

export interface AppServerOptions {
  /** Where the browser finds S3. */
  readonly s3Url: string
  /** Where this server finds it. */
  readonly s3Port: number
  /** The built page. */
  readonly pageDirectory: string
}

/** What the process of the app offers to the one that starts it. */
export type AppProcess = {
  port: () => number
  /** Returns the number of requests to the endpoints since the last call. */
  takeRequestCount: () => number
}

const endpoints: Readonly<Record<string, JsonEndpoint>> = {
  '/api/raw': signRaw,
  '/api/uppy-put': signForUppy,
  '/api/uppy-post': signPostForUppy,
  '/api/better-upload': answerBetterUpload,
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
}

/** Starts the app of all subjects: the page, and an endpoint for each that wants one. */
export async function startAppServer(options: AppServerOptions): Promise<AppProcess> {
  const fetch = createFetchNearby(options.s3Port)
  const handleSigning = toNodeListener(createHandler(options, fetch))
  let requests = 0

  const server = createServer((request, response) => {
    const path = request.url?.replace(/\?.*/, '') ?? '/'
    if (path.startsWith('/api/')) requests += 1
    const endpoint = endpoints[path]
    if (path === '/api/s3') void handleSigning(request, response)
    else if (endpoint) void answer(endpoint, { ...options, fetch }, { request, response })
    else sendFile(join(options.pageDirectory, path), response)
  })
  // A browser keeps its connections; while it sends files, the endpoint may hear nothing for long.
  server.keepAliveTimeout = 120_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    // A server that listens on a port has an address of this form.
    port: () => (server.address() as AddressInfo).port,
    takeRequestCount() {
      const count = requests
      requests = 0
      return count
    },
  }
}

function createHandler({ s3Url }: AppServerOptions, fetch: EndpointContext['fetch']) {
  return createSigningHandler({
    bucket: bucket.name,
    region: bucket.region,
    endpoint: s3Url,
    credentials: bucket.credentials,
    secret: 'a secret of the benchmarks, long enough to be one',
    authorize: () => ({ owner: 'bench' }),
    fetch,
  })
}

async function answer(
  endpoint: JsonEndpoint,
  context: EndpointContext,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  try {
    // Written by the page of this very benchmark.
    const body = (await json(request)) as never
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify(await endpoint(body, context)))
  } catch (error) {
    console.error(error)
    response.writeHead(500).end()
  }
}

function sendFile(path: string, response: ServerResponse): void {
  if (!existsSync(path)) {
    response.writeHead(404).end()
    return
  }
  response.setHeader('content-type', contentTypes[extname(path)] ?? 'application/octet-stream')
  createReadStream(path).pipe(response)
}
