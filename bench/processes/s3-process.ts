import { createMemoryStorage } from 's3-direct-upload/testing'
import { startTestS3 } from 's3-direct-upload/testing/node'
import { bucket } from '../server/bucket.js'
import { serveCalls } from './serve-calls.js'

export type S3Process = {
  port: () => number
  /** The size of each object that is there. */
  sizes: () => Promise<number[]>
  /** How many requests of browsers came since the last call. */
  takeRequestCount: () => number
  /** Removes all objects. */
  reset: () => Promise<void>
}

serveCalls<unknown, S3Process>(async () => {
  let requests = 0
  const { port, s3 } = await startTestS3({
    storage: createMemoryStorage(),
    buckets: [bucket.name],
    region: bucket.region,
    credentials: bucket.credentials,
    cors: [
      {
        allowedOrigins: ['*'],
        allowedMethods: ['GET', 'POST', 'PUT', 'DELETE'],
        allowedHeaders: ['*'],
        exposeHeaders: ['ETag', 'x-amz-checksum-crc32'],
        maxAgeSeconds: 3600,
      },
    ],
    onRequest({ origin }) {
      if (origin !== undefined) requests += 1
    },
  })
  return {
    port: () => port,
    async sizes() {
      return (await s3.objects(bucket.name)).map(({ size }) => size)
    },
    takeRequestCount() {
      const count = requests
      requests = 0
      return count
    },
    reset: () => s3.reset(),
  }
})
