import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { configFromEnv, toNodeListener } from 's3-direct-upload/server/node'
import { type RunningTestS3, startTestS3 } from 's3-direct-upload/testing/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { secret } from '../handler-setup.js'

const keys = { accessKeyId: 'ASIA1', secretAccessKey: 'secret', sessionToken: 'session' }
let s3: RunningTestS3

beforeAll(async () => {
  s3 = await startTestS3({ buckets: ['files'], credentials: keys })
})

afterAll(() => s3.close())

/** The recipe of docs/downloads.md in short, with a bucket and temporary keys as docs/deployment.md has them. */
function openDownloads() {
  const { bucket, region, endpoint, credentials } = configFromEnv({
    env: {
      PRIVATE_S3_BUCKET: 'files',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_S3: s3.url,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      AWS_SESSION_TOKEN: keys.sessionToken,
      S3_UPLOAD_SECRET: secret,
    },
  })
  const client = new S3Client({
    region,
    credentials,
    ...(endpoint && { endpoint, forcePathStyle: true }),
  })
  const download = async (key: string) => {
    const { Body, ContentType } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: key }),
    )
    return new Response(Body?.transformToWebStream() ?? null, {
      headers: { 'content-type': ContentType ?? '', 'content-disposition': 'attachment' },
    })
  }
  return { client, bucket, download }
}

it('the app hands an object of its bucket over with the AWS SDK, byte for byte', async () => {
  const content = randomBytes(3_000_000)
  const { client, bucket, download } = openDownloads()
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: 'a/b.png',
      Body: content,
      ContentType: 'image/png',
    }),
  )
  const server = createServer(
    toNodeListener((request) => download(new URL(request.url).pathname.slice(1))),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/a/b.png`)
  const received = new Uint8Array(await response.arrayBuffer())
  server.close()

  expect(response.headers.get('content-type')).toBe('image/png')
  expect(sha256(received)).toBe(sha256(content))
})

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
