import { createHash, randomBytes } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  ListPartsCommand,
  UploadPartCommand,
  type UploadPartCommandInput,
} from '@aws-sdk/client-s3'
import type { S3UnderTest } from './s3-under-test.js'

export const fiveMebibytes = 5 * 1024 * 1024

/** One multipart upload, driven by the AWS SDK. */
export class MultipartUpload {
  readonly key: string
  readonly uploadId: string
  readonly #s3: S3UnderTest

  static async create(s3: S3UnderTest, options: Partial<CreateMultipartUploadCommandInput> = {}) {
    const Key = options.Key ?? s3.newKey()
    const { UploadId = '' } = await s3.sdk.send(
      new CreateMultipartUploadCommand({ Bucket: s3.bucket, Key, ...options }),
    )
    return new MultipartUpload(s3, Key, UploadId)
  }

  constructor(s3: S3UnderTest, key: string, uploadId: string) {
    this.#s3 = s3
    this.key = key
    this.uploadId = uploadId
  }

  put(
    PartNumber: number,
    Body: string | Uint8Array,
    options: Partial<UploadPartCommandInput> = {},
  ) {
    const command = new UploadPartCommand({ ...this.#names(), PartNumber, Body, ...options })
    return this.#s3.sdk.send(command)
  }

  list(options: { MaxParts?: number; PartNumberMarker?: string } = {}) {
    return this.#s3.sdk.send(new ListPartsCommand({ ...this.#names(), ...options }))
  }

  complete(
    Parts: { PartNumber: number; ETag?: string }[],
    options: Partial<CompleteMultipartUploadCommandInput> = {},
  ) {
    const MultipartUpload = { Parts }
    return this.#s3.sdk.send(
      new CompleteMultipartUploadCommand({ ...this.#names(), MultipartUpload, ...options }),
    )
  }

  abort() {
    return this.#s3.sdk.send(new AbortMultipartUploadCommand(this.#names()))
  }

  #names() {
    return { Bucket: this.#s3.bucket, Key: this.key, UploadId: this.uploadId }
  }
}

/** What the SDK throws, as `status code`. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'no refusal'
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } }
    return `${$metadata?.httpStatusCode} ${name}`
  }
}

/** The ETag of an object made of these parts. */
export function etagOfParts(...parts: readonly (string | Uint8Array)[]): string {
  const md5 = (data: string | Uint8Array) => createHash('md5').update(data).digest()
  const all = createHash('md5').update(Buffer.concat(parts.map(md5)))
  return `"${all.digest('hex')}-${parts.length}"`
}

/** A part as large as the smallest that S3 takes. */
export function largePart(): Buffer {
  return randomBytes(fiveMebibytes)
}
