import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSigningHandler, type SigningOptions } from 's3-direct-upload/server'
import { toNodeListener } from 's3-direct-upload/server/node'
import { startTestS3 } from 's3-direct-upload/testing/node'
import { errorCodes } from '../../../src/protocol/error-response.js'
import { responseSchemas } from '../../../src/protocol/operations.js'
import type { Credentials } from '../../../src/sigv4/credentials.js'

/** Answers a request to the endpoint, by way of the real handler or not. */
export type Answerer = (
  request: Request,
  handler: (request: Request) => Promise<Response>,
) => Promise<Response>

/** A signing endpoint on one port, and its bucket on another. */
export interface ConformanceSite {
  readonly url: string
  close(): Promise<void>
}

export const credentials: Credentials = {
  accessKeyId: 'AKIACONFORMANCE',
  secretAccessKey: 'a-very-secret-key',
}
export const region = 'us-east-1'

/** What identifies the two users of the site. */
export const users = { headers: { cookie: 'user=ann' }, otherHeaders: { cookie: 'user=ben' } }

const owners = new Map<string, string>()

/** Whether the handler signs downloads. */
export const signsDownloads = Object.hasOwn(responseSchemas, 'sign-downloads')

const downloads = {
  authorizeDownload: ({ key, owner }: { key: string; owner: string }) => owners.get(key) === owner,
}

/** Starts this package's own handler, with options replaced, behind something that may break it. */
export async function startConformanceSite(
  changes: Partial<SigningOptions> = {},
  answer: Answerer = (request, handler) => handler(request),
): Promise<ConformanceSite> {
  const s3 = await startTestS3({ buckets: ['uploads'], credentials })
  const handler = createSigningHandler({
    ...(signsDownloads && downloads),
    bucket: 'uploads',
    region,
    endpoint: s3.url,
    credentials,
    secret: 'a secret of the conformance tests',
    prefix: 'files/',
    multipartThreshold: '5MiB',
    partSize: '5MiB',
    rules: { maxFileSize: '1TB' },
    authorize: ({ headers }) => {
      const owner = /user=(\w+)/.exec(headers.get('cookie') ?? '')?.[1]
      return owner === undefined ? undefined : { owner }
    },
    onUploadComplete: ({ key, owner }) => {
      owners.set(key, owner)
    },
    ...changes,
  })
  const server = createServer(toNodeListener((request) => answer(request, handler)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    // A server that listens on a port has an address of this form.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/s3`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await s3.close()
    },
  }
}

/** A refusal as the handler writes it. */
export function refusal(code: keyof typeof errorCodes): Response {
  const { status, retryable } = errorCodes[code]
  return Response.json({ error: { code, message: 'No.', retryable } }, { status })
}
