import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { ConfigFromEnv } from 's3-direct-upload/server/node'

/** A stored object as the page lists it. */
export interface StoredFile {
  readonly key: string
  readonly size: number
  readonly lastModified: string
}

/** Looks into the bucket: the AWS SDK works beside the signing handler, on the same bucket. */
export function createBucketBrowser(config: ConfigFromEnv) {
  const {
    bucket,
    prefix = '',
    region,
    endpoint,
    credentials,
    forcePathStyle = Boolean(endpoint),
  } = config
  const client = new S3Client({ region, endpoint, forcePathStyle, credentials })
  return {
    /** The first thousand objects by key, the newest of them first. */
    async list(): Promise<StoredFile[]> {
      const { Contents = [] } = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }),
      )
      return Contents.map(({ Key = '', Size = 0, LastModified }) => ({
        key: Key,
        size: Size,
        lastModified: LastModified?.toISOString() ?? '',
      })).sort((a, b) => b.lastModified.localeCompare(a.lastModified))
    },
    /** A URL that opens one object for a minute. */
    urlOf(key: string): Promise<string> {
      const command = new GetObjectCommand({ Bucket: bucket, Key: key })
      return getSignedUrl(client, command, { expiresIn: 60 })
    },
  }
}
