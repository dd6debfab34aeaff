import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { createSigningHandler, type SigningOptions } from 's3-direct-upload/server'
import { toNodeListener } from 's3-direct-upload/server/node'
import { randomFaults, type TestS3, type TestS3RequestEvent } from 's3-direct-upload/testing'
import { startTestS3 } from 's3-direct-upload/testing/node'
import { createEndpointFaults, type EndpointFault } from './endpoint-faults.js'
import { openBreakingLine } from './open-breaking-line.js'
import { multipartSizes, type Scenario } from './scenario.js'

/** A page's server with a signing endpoint, and a bucket on another origin, both of which misbehave. */
export interface Site {
  readonly url: string
  readonly s3: TestS3
  readonly requests: readonly SeenRequest[]
  /** From now on the line breaks as the scenario says. */
  beginBreaks(): void
  /** Ends all faults; what they hold back goes on or breaks. */
  heal(): void
  /** Every request to the bucket so far, and every fault, in words. */
  log(): string[]
  faultCount(): number
  close(): Promise<void>
}

/** A request to the bucket, and when it ended by `performance.now()`. */
export interface SeenRequest extends TestS3RequestEvent {
  readonly endedAt: number
}

export const bucketName = 'uploads'

const delayMs = 700

const credentials = { accessKeyId: 'AKIAFAULTS', secretAccessKey: 'secret' }
const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
}

/** Starts the site of a scenario; `folder` has the page. */
export async function startSite(scenario: Scenario, folder: string): Promise<Site> {
  const requests: SeenRequest[] = []
  const s3 = await startTestS3({
    buckets: [bucketName],
    credentials,
    profile: scenario.profile,
    cors: [
      {
        allowedOrigins: ['*'],
        allowedMethods: ['POST', 'PUT'],
        allowedHeaders: ['*'],
        maxAgeSeconds: 60,
      },
    ],
    onRequest: (event) => requests.push({ ...event, endedAt: performance.now() }),
  })
  const random = randomFaults(scenario.faults)
  const removers = [
    ...scenario.strikes.map((rule) => s3.s3.fault(rule)),
    s3.s3.fault(random),
    ...(scenario.refusals > 0 ? [s3.s3.fault(refusal(scenario.refusals))] : []),
  ]
  const endpointFaults = createEndpointFaults(scenario.endpointFaults)
  let isHealed = false

  let signingRequests = 0
  let isSignedIn = true
  const isAuthorized = () => {
    signingRequests += 1
    if (signingRequests === scenario.signedOutAt) isSignedIn = false
    return isSignedIn
  }
  const line = scenario.line && (await openBreakingLine(scenario.line, s3.url))
  const handler = signingHandler(scenario, {
    endpoint: line?.s3Url ?? s3.url,
    isAuthorized,
    ...(line && { fetch: line.fetchPast }),
  })
  const server = createServer((request, response) => {
    if (request.url === '/sign-in') {
      isSignedIn = true
      return response.end()
    }
    if (request.url !== '/api/s3') return serveFile(request, response, folder)
    const fault = isHealed ? undefined : endpointFaults.next()
    return misbehave(fault, handler, { request, response })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  const ownUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: line ? await line.lead(ownUrl) : ownUrl,
    s3: s3.s3,
    requests,
    beginBreaks: () => line?.beginBreaks(),
    heal() {
      isHealed = true
      line?.heal()
      for (const remove of removers) remove()
    },
    log: () => [
      ...requests.map(describeRequest),
      ...random.injected.map(({ effect, ...request }) => JSON.stringify({ ...request, effect })),
      ...endpointFaults.injected,
    ],
    faultCount: () =>
      requests.filter(({ fault }) => fault).length +
      endpointFaults.injected.length +
      (line?.breakCount() ?? 0),
    async close() {
      await line?.close()
      server.closeAllConnections()
      server.close()
      await s3.close()
    },
  }
}

function describeRequest({
  operation,
  key = '',
  partNumber,
  status,
  errorCode,
  fault,
}: TestS3RequestEvent): string {
  const part = partNumber === undefined ? '' : ` part ${partNumber}`
  return `${operation} ${key.slice(-40)}${part}: ${status} ${errorCode ?? ''} ${fault ?? ''}`
}

function refusal(times: number) {
  const effect = { kind: 'refuse', code: 'AccessDenied', message: 'Access Denied' } as const
  return { operation: ['PostObject', 'PutObject', 'UploadPart'], times, effect } as const
}

function signingHandler(
  { method, sizes = multipartSizes }: Scenario,
  {
    isAuthorized,
    ...storage
  }: Pick<SigningOptions, 'endpoint' | 'fetch'> & { readonly isAuthorized: () => boolean },
) {
  return createSigningHandler({
    bucket: bucketName,
    region: 'us-east-1',
    ...storage,
    credentials,
    secret: 'a secret of at least thirty-two characters',
    authorize: () => isAuthorized() && { owner: 'ann' },
    method,
    ...sizes,
    // What the faults cause is no news.
    onError: () => undefined,
  })
}

async function misbehave(
  fault: EndpointFault | undefined,
  handler: (request: Request) => Promise<Response>,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const refuse = (status: number, headers: Record<string, string>) => {
    request.resume()
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<h1>Sorry</h1>')
  }
  if (fault === 'bad-gateway') return refuse(502, {})
  if (fault === 'too-many-requests') return refuse(429, { 'retry-after': '1' })
  if (fault === 'close-before') {
    request.socket.destroy()
    return
  }
  if (fault === 'delay') await new Promise((resolve) => setTimeout(resolve, delayMs))
  await toNodeListener(async (asked) => {
    const answer = await handler(asked)
    // The work is done by now.
    if (fault === 'lose-answer') request.socket.destroy()
    return fault === 'cut-answer' ? await firstHalf(answer) : answer
  })(request, response)
}

async function firstHalf({ body, status, headers }: Response): Promise<Response> {
  const text = await new Response(body).text()
  return new Response(text.slice(0, text.length / 2), { status, headers })
}

async function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  const path = join(folder, pathname === '/' ? 'index.html' : pathname)
  const exists = await stat(path).catch(() => undefined)
  if (!exists) {
    response.writeHead(404).end()
    return
  }
  response.setHeader('content-type', contentTypes[extname(path)] ?? 'application/octet-stream')
  createReadStream(path).pipe(response)
}
