import { AwsClient } from 'aws4fetch'
import type { RunningTestS3 } from 's3-direct-upload/testing/node'

export const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }
export const region = 'us-east-1'

const aws = new AwsClient({ ...credentials, service: 's3', region })

/** Presigns a request for the bucket `photos`. */
export function presigned(
  { url }: Pick<RunningTestS3, 'url'>,
  method: string,
  target: string,
  headers = {},
) {
  return aws.sign(`${url}/photos/${encodeURI(target)}`, {
    method,
    headers,
    aws: { signQuery: true, allHeaders: true },
  })
}
