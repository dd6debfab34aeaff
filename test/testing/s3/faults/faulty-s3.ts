import { AwsClient } from 'aws4fetch'
import { createTestS3, type TestS3Options, type TestS3RequestEvent } from 's3-direct-upload/testing'
import { createTestS3On } from '../../../../src/testing/s3/create-test-s3.js'
import { VirtualClock } from '../../../support/virtual-clock.js'
import { formRequest, signForm } from '../../conformance/post-form.js'

export const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }
export const endpoint = 'https://s3.test'
const region = 'us-east-1'
const aws = new AwsClient({ ...credentials, service: 's3', region })

/** A test S3 with one bucket, and what it was asked. */
export function testS3(options: Partial<TestS3Options> = {}) {
  const events: TestS3RequestEvent[] = []
  const onRequest = (event: TestS3RequestEvent) => events.push(event)
  const s3 = createTestS3({ buckets: ['photos'], credentials, onRequest, ...options })
  return { s3, events }
}

/** Like {@link testS3}, with a clock whose time passes only when the test says so. */
export function timedS3() {
  const clock = new VirtualClock()
  const events: TestS3RequestEvent[] = []
  const onRequest = (event: TestS3RequestEvent) => events.push(event)
  const s3 = createTestS3On(clock.runtime, { buckets: ['photos'], credentials, onRequest })
  return { s3, events, clock }
}

export type S3 = ReturnType<typeof createTestS3>

export async function keysOf(s3: S3): Promise<string[]> {
  return (await s3.objects('photos')).map(({ key }) => key)
}

export async function contentsOf(s3: S3): Promise<Record<string, string>> {
  const objects = await s3.objects('photos')
  const entries = objects.map(async ({ key, body }) => {
    return [key, await new Response(await body()).text()] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

export function presigned(method: string, target: string, body?: Uint8Array<ArrayBuffer>) {
  const aws4 = { signQuery: true, allHeaders: true }
  return aws.sign(`${endpoint}/photos/${target}`, { method, body, aws: aws4 })
}

export function put(key: string): Promise<Request> {
  return presigned('PUT', key, new TextEncoder().encode('hello'))
}

export function form(key: string): Request {
  const fields = signForm({ key }, { bucket: 'photos', region, credentials })
  const { url, ...init } = formRequest(`${endpoint}/photos`, fields, { content: 'hello' })
  return new Request(url, { ...init, body: new Uint8Array(Buffer.from(init.body ?? '')) })
}

/** Begins an upload under the key `a` and sends its only part. */
export async function beginUpload(s3: S3): Promise<string> {
  const created = await (await s3.fetch(await presigned('POST', 'a?uploads'))).text()
  const uploadId = /<UploadId>(.*)<\/UploadId>/.exec(created)?.[1] ?? ''
  const part = new TextEncoder().encode('hello')
  await s3.fetch(await presigned('PUT', `a?partNumber=1&uploadId=${uploadId}`, part))
  return uploadId
}

export async function completeUpload(s3: S3, uploadId: string): Promise<Response> {
  const etag = '5d41402abc4b2a76b9719d911017c592'
  const list = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"${etag}"</ETag></Part></CompleteMultipartUpload>`
  return s3.fetch(await presigned('POST', `a?uploadId=${uploadId}`, new TextEncoder().encode(list)))
}
