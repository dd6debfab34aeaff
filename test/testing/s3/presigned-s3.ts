import { AwsClient } from 'aws4fetch'
import { createTestS3, type TestS3Options } from 's3-direct-upload/testing'
import { formRequest, signForm } from '../conformance/post-form.js'

export const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }
export const endpoint = 'https://s3.test'
const region = 'us-east-1'
const aws = new AwsClient({ ...credentials, service: 's3', region })

/** A test S3 with the bucket `photos`. */
export function testS3(options: Partial<TestS3Options> = {}) {
  return createTestS3({ buckets: ['photos'], credentials, ...options })
}

/** What a request is presigned with. */
interface PresignOptions {
  readonly headers?: Record<string, string>
  readonly body?: string
  readonly datetime?: string
  readonly expires?: number
}

export function presigned(
  method: string,
  path: string,
  options: PresignOptions = {},
): Promise<Request> {
  const { headers, body, datetime, expires = 900 } = options
  const url = `${endpoint}/${encodeURI(path)}?X-Amz-Expires=${expires}`
  const bytes = body === undefined ? undefined : new TextEncoder().encode(body)
  return aws.sign(url, {
    method,
    headers,
    body: bytes,
    aws: { signQuery: true, allHeaders: true, datetime },
  })
}

export function signedForm(): Request {
  const fields = signForm({ key: 'a' }, { bucket: 'photos', region, credentials })
  const { url, ...init } = formRequest(`${endpoint}/photos`, fields, { content: 'hello' })
  return new Request(url, { ...init, body: new Uint8Array(Buffer.from(init.body ?? '')) })
}
