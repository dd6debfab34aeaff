import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SigningOptions } from '../../server/contract/signing-options.js'
import { createSigningHandler } from '../../server/create-signing-handler.js'
import { toNodeListener } from '../../server/node/to-node-listener.js'
import { isForHost, loopbackHosts, refuseHost } from '../../testing/node/http/answered-hosts.js'
import { startTestS3 } from '../../testing/node/start-test-s3.js'

/** How the servers for development are set up. */
export interface DevServerOptions {
  readonly bucket: string
  /** Where the objects lie. */
  readonly directory: string
  /** 0 takes any port that is free. */
  readonly port: number
  readonly signingPort: number
  /** The origins of the pages that may upload. */
  readonly origins: readonly string[]
  /** Under which names, beside those of this machine itself, it is reached. */
  readonly hosts: readonly string[]
}

/** An S3 and a signing endpoint that run. */
export interface DevServer {
  readonly s3Url: string
  readonly signingUrl: string
  /** What an app's server, or the AWS CLI, needs to work with them; made up for this run. */
  readonly env: Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}

const region = 'us-east-1'
const signingPath = '/api/s3'

/** Starts an S3 on disk and a signing endpoint beside it; only this machine reaches them. */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  const { bucket } = options
  const credentials = { accessKeyId: randomText(20), secretAccessKey: randomText(40) }
  const secret = randomText(48)
  const s3 = await startS3(options, credentials)
  try {
    const config = { bucket, region, endpoint: s3.url, credentials, secret }
    const signing = await startSigningEndpoint(config, options)
    const close = async () => {
      await signing.close()
      await s3.close()
    }
    const env = {
      S3_BUCKET: bucket,
      AWS_REGION: region,
      AWS_ENDPOINT_URL_S3: s3.url,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      S3_UPLOAD_SECRET: secret,
    }
    return { s3Url: s3.url, signingUrl: signing.url, env, close }
  } catch (error) {
    await s3.close()
    throw error
  }
}

function startS3(
  { bucket, directory, port, origins, hosts }: DevServerOptions,
  credentials: { readonly accessKeyId: string; readonly secretAccessKey: string },
) {
  const methods = ['GET', 'HEAD', 'POST', 'PUT']
  return startTestS3({
    buckets: [bucket],
    credentials,
    directory,
    port,
    hosts: [...loopbackHosts, ...hosts],
    cors: [
      {
        allowedOrigins: origins,
        allowedMethods: methods,
        allowedHeaders: ['*'],
        maxAgeSeconds: 3600,
      },
    ],
    lifecycle: [{ status: 'Enabled', prefix: '', abortUploadsAfterDays: 7 }],
  })
}

async function startSigningEndpoint(
  config: Omit<SigningOptions, 'authorize'>,
  { origins, signingPort, hosts }: DevServerOptions,
) {
  const handler = createSigningHandler({
    ...config,
    // Only this machine reaches the endpoint, so that every caller is its developer.
    authorize: () => ({ owner: 'dev' }),
    allowedOrigins: origins,
  })
  const listener = toNodeListener(async (request) =>
    new URL(request.url).pathname === signingPath
      ? handler(request)
      : new Response(`The signing endpoint is ${signingPath}.\n`, { status: 404 }),
  )
  const answered = [...loopbackHosts, ...hosts]
  const server = createServer((request, response) => {
    if (!isForHost(request, answered)) return refuseHost(response, answered)
    void listener(request, response)
  })
  server.listen(signingPort, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo
  const close = async () => {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
  return { url: `http://127.0.0.1:${port}${signingPath}`, close }
}

function randomText(length: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  return Array.from(bytes, (byte) => letters[byte % letters.length]).join('')
}
