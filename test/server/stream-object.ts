import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { configFromEnv } from 's3-direct-upload/server/node'

const {
  bucket,
  region,
  endpoint,
  forcePathStyle = Boolean(endpoint),
  credentials,
} = configFromEnv()
const s3 = new S3Client({ region, endpoint, forcePathStyle, credentials })

/** Call it after you have checked the user. */
export async function streamObject(key: string, request: Request): Promise<Response> {
  const Range = request.headers.get('range') ?? undefined
  const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range }))
  const headers = new Headers({ 'content-disposition': 'attachment', 'accept-ranges': 'bytes' })
  headers.set('content-length', String(object.ContentLength))
  if (object.ContentType) headers.set('content-type', object.ContentType)
  if (object.ContentRange) headers.set('content-range', object.ContentRange)
  return new Response(object.Body?.transformToWebStream(), {
    status: object.ContentRange ? 206 : 200,
    headers,
  })
}
