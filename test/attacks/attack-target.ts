import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSigningHandler, type SigningOptions } from 's3-direct-upload/server'
import { toNodeListener } from 's3-direct-upload/server/node'
import { createTestBucket, type TestBucket } from '../support/test-bucket.js'
import { createAttackClient } from './attack-client.js'

export const mebibyte = 2 ** 20
/** A file that goes in one part of 5 MiB and one of 1 MiB. */
export const inParts = { size: 6 * mebibyte, name: 'clip.mp4', type: 'video/mp4' }
export const secret = 'a secret that no attacker ever sees, of 50 letters'
export const otherSecret = 'another secret, of another app, and as long as that'
export const trustedOrigin = 'https://trusted.example'

/** The handlers that stand on the one server, by their path. */
const handlers = {
  /** POST, and parts from 5 MiB on. */
  '/': {},
  '/put': { method: 'PUT' },
  '/other-handler': { name: 'other' },
  '/other-bucket': { bucket: 'another-bucket' },
  '/other-secret': { secret: otherSecret },
  '/cors': { allowedOrigins: [trustedOrigin] },
  '/rules': {
    rules: { maxFileSize: '1MB', minFileSize: 10, accept: ['image/*', '.csv'], maxFiles: 3 },
  },
  '/open-downloads': { authorizeDownload: () => true },
  '/no-downloads': { authorizeDownload: undefined },
  '/public': { publicOrigin: 'https://app.example.com' },
  '/extensions': { rules: { accept: ['.jpg', '.csv', '.pdf'] } },
  '/told': { onUploadComplete: countRuns() },
  '/few': { maxOpenUploads: 1 },
  '/unclaimed': { unclaimed: 'tag' },
  '/checked': { contentCheck: ([first]) => (first === 0x3c ? 'text/html' : 'image/jpeg') },
  '/checksums': { requireChecksum: true },
  '/closed': { authorize: () => undefined },
} as const satisfies Record<string, Partial<SigningOptions>>

/** Answers how often it has run for the key. */
function countRuns(): (upload: { readonly key: string }) => number {
  const runs = new Map<string, number>()
  return ({ key }) => {
    runs.set(key, (runs.get(key) ?? 0) + 1)
    return runs.get(key) ?? 0
  }
}

export type HandlerPath = keyof typeof handlers

/** A bucket, and a server of signing handlers, both to be spoken to by HTTP. */
export type AttackTarget = Awaited<ReturnType<typeof openAttackTarget>>

/** Starts what is attacked; the bucket is one of a real S3 where the environment names one. */
export async function openAttackTarget() {
  const bucket = await createTestBucket(trustedOrigin)
  const clock = { aheadSeconds: 0 }
  const reported: unknown[] = []
  const options: SigningOptions = {
    ...optionsFor(bucket),
    now: () => new Date(Date.now() + clock.aheadSeconds * 1000),
    onError: (error) => reported.push(error),
  }
  const listeners = new Map<string, RequestListener>(
    Object.entries(handlers).map(([path, changes]) => [
      path,
      toNodeListener(createSigningHandler({ ...options, ...changes })),
    ]),
  )
  const server = createServer((request, response) => {
    listeners.get(request.url ?? '')?.(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has such an address.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const secrets = [secret, otherSecret, bucket.credentials.secretAccessKey]
  return {
    ...createAttackClient(origin, secrets),
    origin,
    bucket,
    /** What the handlers told their operator. */
    reported,
    /** Runs something while the handlers' clock is ahead, or, below 0, behind. */
    async atTime<Result>(aheadSeconds: number, work: () => Promise<Result>): Promise<Result> {
      clock.aheadSeconds = aheadSeconds
      try {
        return await work()
      } finally {
        clock.aheadSeconds = 0
      }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await bucket.close()
    },
  }
}

/** The owner is whom the header names; a download is for who has the receipt of the upload and has made it. */
function optionsFor({ name, region, endpoint, credentials }: TestBucket): SigningOptions {
  return {
    bucket: name,
    region,
    endpoint,
    credentials,
    secret,
    prefix: 'files/',
    multipartThreshold: 5 * mebibyte,
    partSize: 5 * mebibyte,
    authorize: (request) => ({ owner: request.headers.get('x-user') ?? 'mallory' }),
    authorizeDownload: ({ owner, receipt }) => receipt?.owner === owner,
  }
}
