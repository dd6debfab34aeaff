import { once } from 'node:events'
import { createServer } from 'node:http'
import { createSigningHandler } from 's3-direct-upload/server'
import { toNodeListener } from 's3-direct-upload/server/node'
import { startTestS3 } from 's3-direct-upload/testing/node'

export const credentials = { accessKeyId: 'AKIANODE20', secretAccessKey: 'a-secret' }
export const secret = 'a secret of at least thirty-two characters'
export const bucket = 'photos'
export const pageOrigin = 'https://app.example.com'

/** A signing endpoint on one port, its S3 on another, both from the built package. */
export async function startSite() {
  const corsRule = {
    allowedOrigins: [pageOrigin],
    allowedMethods: ['POST', 'PUT'],
    allowedHeaders: ['*'],
  }
  const s3 = await startTestS3({
    buckets: [bucket],
    credentials,
    cors: [{ ...corsRule, maxAgeSeconds: 3600 }],
    lifecycle: [{ status: 'Enabled', prefix: '', abortUploadsAfterDays: 7 }],
  })
  const handler = createSigningHandler({
    bucket,
    region: 'us-east-1',
    endpoint: s3.url,
    credentials,
    secret,
    multipartThreshold: '5MiB',
    partSize: '5MiB',
    authorize: ({ headers }) => {
      const owner = /user=(\w+)/.exec(headers.get('cookie') ?? '')?.[1]
      return owner === undefined ? undefined : { owner }
    },
  })
  const server = createServer(toNodeListener(handler)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${server.address().port}/api/s3`
  return {
    s3,
    url,
    async ask(request) {
      const headers = { 'content-type': 'application/json', cookie: 'user=ada' }
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(request) })
      return await response.json()
    },
    async bytesOf(key) {
      const object = (await s3.s3.objects(bucket)).find((candidate) => candidate.key === key)
      return Buffer.from(await new Response(await object.body()).arrayBuffer())
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await s3.close()
    },
  }
}
