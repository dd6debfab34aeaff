import { AwsClient } from 'aws4fetch'
import { createTestS3, type TestS3, type TestS3Options } from 's3-direct-upload/testing'

export const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }
export const bucket = 'photos'
const endpoint = 'https://s3.test'
const aws = new AwsClient({ ...credentials, service: 's3', region: 'us-east-1' })

/** A request to the test S3; `key` and `query` follow the bucket. */
export interface SignedRequest {
  readonly method: string
  readonly bucket?: string
  readonly key?: string
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** What came of it. */
export interface Outcome {
  readonly status: number
  /** Of S3's error document. */
  readonly code?: string
  readonly headers: Headers
  readonly text: string
}

/** A test S3 in this process, asked with signed requests. */
export function signedS3(options: Partial<TestS3Options> = {}) {
  const s3: TestS3 = createTestS3({ buckets: [bucket], credentials, ...options })
  const fetchOutcome = async (request: Request): Promise<Outcome> => {
    const response = await s3.fetch(request)
    const text = await response.text()
    const code = /<Error><Code>(.*?)<\/Code>/.exec(text)?.[1]
    return { status: response.status, code, headers: response.headers, text }
  }
  const send = async ({ method, headers, body, ...target }: SignedRequest): Promise<Outcome> => {
    const { bucket: name = bucket, key = '', query = '' } = target
    const url = `${endpoint}${name && `/${name}`}/${key}${query && `?${query}`}`
    return fetchOutcome(await aws.sign(url, { method, headers, body, aws: { allHeaders: true } }))
  }
  return {
    s3,
    send,
    fetchOutcome,
    put: (key: string, body: string, headers = {}) => send({ method: 'PUT', key, body, headers }),
    /** The text of an object; `undefined` when there is none. */
    async read(key: string): Promise<string | undefined> {
      const { status, text } = await send({ method: 'GET', key })
      return status === 200 ? text : undefined
    },
    /** Begins a multipart upload and returns its id. */
    async begin(key: string, headers = {}): Promise<string> {
      const { text } = await send({ method: 'POST', key, query: 'uploads', headers })
      return /<UploadId>(.*?)</.exec(text)?.[1] ?? ''
    },
  }
}
