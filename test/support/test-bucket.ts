import { createHash } from 'node:crypto'
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutBucketCorsCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { startTestS3 } from 's3-direct-upload/testing/node'

/** A bucket of a running S3, seen with the eyes of the AWS SDK. */
export interface TestBucket {
  /** The server's name, such as `test kit` or `ceph-16.2`. */
  readonly server: string
  readonly name: string
  readonly endpoint: string
  readonly region: string
  readonly credentials: { accessKeyId: string; secretAccessKey: string }
  /** Lets pages of this origin upload, and of no other. */
  allowOrigin(origin: string): Promise<void>
  keys(): Promise<string[]>
  /** SHA-256 of an object, hexadecimal. */
  sha256(key: string): Promise<string>
  head(
    key: string,
  ): Promise<{ size: number; contentType: string | undefined; disposition: string | undefined }>
  /** How many multipart uploads were begun and neither completed nor aborted. */
  openUploads(): Promise<number>
  /** Numbers of the parts that have arrived of the one upload that is open. */
  arrivedParts(): Promise<number[]>
  close(): Promise<void>
}

interface Server {
  readonly server: string
  readonly endpoint: string
  readonly region: string
  readonly credentials: { accessKeyId: string; secretAccessKey: string }
  close(): Promise<void>
}

/**
 * Makes a bucket whose CORS rules let `origin` upload: in the test S3, or in the server that the
 * environment names (`REAL_S3_ENDPOINT`, `REAL_S3_ACCESS_KEY`, `REAL_S3_SECRET_KEY`).
 */
export async function createTestBucket(origin: string): Promise<TestBucket> {
  const server = realServer() ?? (await testServer())
  const { endpoint, region, credentials } = server
  const name = `test-${crypto.randomUUID()}`
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true })
  await client.send(new CreateBucketCommand({ Bucket: name }))
  const allowOrigin = (allowed: string) => client.send(corsFor(name, allowed))
  await allowOrigin(origin)
  return {
    ...server,
    name,
    async allowOrigin(allowed) {
      await allowOrigin(allowed)
    },
    async keys() {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: name }))
      return Contents.map(({ Key = '' }) => Key)
    },
    async sha256(key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: name, Key: key }))
      const hash = createHash('sha256')
      for await (const chunk of Body as AsyncIterable<Uint8Array>) hash.update(chunk)
      return hash.digest('hex')
    },
    openUploads: async () => (await openUploads(client, name)).length,
    async arrivedParts() {
      const [upload] = await openUploads(client, name)
      if (!upload) return []
      const { Key, UploadId } = upload
      const { Parts = [] } = await client.send(
        new ListPartsCommand({ Bucket: name, Key, UploadId }),
      )
      return Parts.map(({ PartNumber = 0 }) => PartNumber)
    },
    async head(key) {
      const object = await client.send(new GetObjectCommand({ Bucket: name, Key: key }))
      await object.Body?.transformToByteArray()
      return {
        size: object.ContentLength ?? -1,
        contentType: object.ContentType,
        disposition: object.ContentDisposition,
      }
    },
  }
}

function realServer(): Server | undefined {
  const {
    REAL_S3_ENDPOINT: endpoint,
    REAL_S3_REGION: region = 'us-east-1',
    REAL_S3_ACCESS_KEY: accessKeyId,
    REAL_S3_SECRET_KEY: secretAccessKey,
    REAL_S3_NAME: server = 'real S3',
  } = process.env
  if (!endpoint || !accessKeyId || !secretAccessKey) return undefined
  return {
    server,
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    close: async () => {},
  }
}

function corsFor(bucket: string, origin: string): PutBucketCorsCommand {
  const rule = {
    AllowedOrigins: [origin],
    AllowedMethods: ['POST', 'PUT'],
    AllowedHeaders: ['*'],
    MaxAgeSeconds: 3600,
  }
  return new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules: [rule] } })
}

async function openUploads(client: S3Client, bucket: string) {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }))
  return Uploads
}

async function testServer(): Promise<Server> {
  const credentials = { accessKeyId: 'AKIATESTKIT000000001', secretAccessKey: crypto.randomUUID() }
  const { url, close } = await startTestS3({ buckets: [], credentials })
  return { server: 'test kit', endpoint: url, region: 'us-east-1', credentials, close }
}
