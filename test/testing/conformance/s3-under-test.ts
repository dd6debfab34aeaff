import { createHash, randomUUID } from 'node:crypto'
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3'
import { AwsV4Signer } from 'aws4fetch'
import { type FormFile, type FormSigning, formRequest, signForm } from './post-form.js'
import { type RawRequest, type RawResponse, sendRaw } from './raw-http.js'
import type { S3Target, TargetCredentials } from './s3-target.js'

export interface SignOptions {
  readonly credentials?: TargetCredentials
  /** When it was signed. @default now */
  readonly date?: Date
  /** Of a presigned URL. @default 900 */
  readonly expiresInSeconds?: number | string
}

/** Tools for asking one server questions, in a bucket of its own. */
export class S3UnderTest {
  readonly target: S3Target
  readonly bucket = `conformance-${randomUUID()}`
  readonly sdk: S3Client
  readonly #otherBuckets: string[] = []

  constructor(target: S3Target) {
    this.target = target
    this.sdk = this.client({})
  }

  client(options: { credentials?: TargetCredentials; region?: string }): S3Client {
    const { url: endpoint, region, credentials } = this.target
    return new S3Client({ endpoint, region, credentials, forcePathStyle: true, ...options })
  }

  get bucketUrl(): string {
    return `${this.target.url}/${this.bucket}`
  }

  /** A key that nothing else uses. */
  newKey(name = 'object'): string {
    return `${randomUUID()}/${name}`
  }

  url(key: string, query = ''): string {
    const path = key.split('/').map(encodeURIComponent).join('/')
    return `${this.bucketUrl}/${path}${query}`
  }

  send(request: RawRequest): Promise<RawResponse> {
    return sendRaw(request)
  }

  /** Signs with an Authorization header that covers every header given, and the body's hash. */
  async signed(request: RawRequest, options: SignOptions = {}): Promise<RawRequest> {
    const payloadHash = createHash('sha256')
      .update(request.body ?? '')
      .digest('hex')
    const signer = this.#signer(request, options, {
      'x-amz-content-sha256': payloadHash,
      ...request.headers,
    })
    const { headers } = await signer.sign()
    return { ...request, headers: { ...request.headers, ...Object.fromEntries(headers) } }
  }

  async sendSigned(request: RawRequest, options: SignOptions = {}): Promise<RawResponse> {
    return sendRaw(await this.signed(request, options))
  }

  /** Presigns; every header given is signed and sent. */
  async presigned(request: RawRequest, options: SignOptions = {}): Promise<RawRequest> {
    const url = new URL(request.url)
    url.searchParams.set('X-Amz-Expires', String(options.expiresInSeconds ?? 900))
    const signer = this.#signer({ ...request, url: url.href }, options, request.headers, true)
    return { ...request, url: (await signer.sign()).url.href }
  }

  async sendPresigned(request: RawRequest, options: SignOptions = {}): Promise<RawResponse> {
    return sendRaw(await this.presigned(request, options))
  }

  /** Posts a form whose policy has a condition for each field. */
  postForm(
    fields: Readonly<Record<string, string>>,
    file: FormFile,
    signing: Partial<FormSigning> = {},
  ): Promise<RawResponse> {
    return sendRaw(formRequest(this.bucketUrl, this.signForm(fields, signing), file))
  }

  signForm(
    fields: Readonly<Record<string, string>>,
    signing: Partial<FormSigning> = {},
  ): Record<string, string> {
    const { region, credentials } = this.target
    return signForm(fields, { bucket: this.bucket, region, credentials, ...signing })
  }

  /** Puts an object and returns its key. */
  async put(content: string | Uint8Array, headers: Record<string, string> = {}): Promise<string> {
    const key = this.newKey()
    const response = await this.sendSigned({
      method: 'PUT',
      url: this.url(key),
      headers,
      body: content,
    })
    if (response.status !== 200) throw new Error(`PUT was refused: ${response.outcome}`)
    return key
  }

  get(key: string, headers: Record<string, string> = {}): Promise<RawResponse> {
    return this.sendSigned({ method: 'GET', url: this.url(key), headers })
  }

  head(key: string) {
    return this.sdk.send(new HeadObjectCommand({ Bucket: this.bucket, Key: key }))
  }

  /** What is stored under a key; `undefined` when nothing is. */
  async stored(key: string): Promise<string | undefined> {
    const response = await this.get(key)
    return response.status === 200 ? response.text : undefined
  }

  async createBucket(): Promise<string> {
    const name = `conformance-${randomUUID()}`
    await this.sdk.send(new CreateBucketCommand({ Bucket: name }))
    this.#otherBuckets.push(name)
    return name
  }

  async open(): Promise<void> {
    await this.sdk.send(new CreateBucketCommand({ Bucket: this.bucket }))
  }

  async close(): Promise<void> {
    for (const Bucket of [this.bucket, ...this.#otherBuckets]) {
      await this.#removeBucket(Bucket).catch(() => {
        // A check has removed it, or a server keeps it for reasons of its own.
      })
    }
    this.sdk.destroy()
    await this.target.close()
  }

  async #removeBucket(Bucket: string): Promise<void> {
    const { Contents = [] } = await this.sdk.send(new ListObjectsV2Command({ Bucket }))
    for (const { Key } of Contents) await this.sdk.send(new DeleteObjectCommand({ Bucket, Key }))
    await this.sdk.send(new DeleteBucketCommand({ Bucket }))
  }

  #signer(
    { method, url }: RawRequest,
    { credentials = this.target.credentials, date = new Date() }: SignOptions,
    headers: Readonly<Record<string, string>> = {},
    signQuery = false,
  ): AwsV4Signer {
    return new AwsV4Signer({
      method,
      url,
      headers,
      ...credentials,
      service: 's3',
      region: this.target.region,
      datetime: date.toISOString().replace(/[-:]|\.\d+/g, ''),
      signQuery,
      allHeaders: true,
    })
  }
}
