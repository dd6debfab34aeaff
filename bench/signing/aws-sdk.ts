import { S3Client, UploadPartCommand } from '@aws-sdk/client-s3'
import { createPresignedPost, type PresignedPost } from '@aws-sdk/s3-presigned-post'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { FileDescription } from '../../src/protocol/operations.js'
import type { MultipartTarget } from '../../src/s3-client/multipart-target.js'
import { type OperationContext, tokenFactsOf } from '../../src/server/config/operation-context.js'
import { signUploadToken } from '../../src/server/tokens/upload-token.js'
import { bucket } from '../server/bucket.js'
import type { SigningContestant } from './contestant.js'
import { type Stage, s3Url } from './stage.js'
import { contentType, files, part, partHeaders, partNumbers, photo } from './workload.js'

/** The AWS SDK: functions alone, without a request that is read or an answer that is written. */
export function createAwsSdk({ upload, tokenContext }: Stage): readonly SigningContestant[] {
  const client = new S3Client({
    region: bucket.region,
    credentials: bucket.credentials,
    endpoint: s3Url,
    forcePathStyle: true,
    // Else every part is signed with the CRC-32 of no bytes.
    requestChecksumCalculation: 'WHEN_REQUIRED',
  })
  return [
    {
      task: 'post-policy',
      subject: 'aws-sdk',
      async signBatch() {
        const context = tokenContext()
        const signed = await Promise.all(files.map((file) => signForm(client, file, context)))
        return async () => signed.map(({ post }) => post)
      },
    },
    {
      task: 'part-url',
      subject: 'aws-sdk',
      async signBatch() {
        const urls = await Promise.all(
          partNumbers.map((number) => signPart(client, upload, number)),
        )
        return async () => urls.map((url) => ({ url, headers: partHeaders }))
      },
    },
  ]
}

async function signForm(
  client: S3Client,
  { id, name, size }: FileDescription,
  context: OperationContext,
): Promise<{ readonly post: PresignedPost; readonly token: string }> {
  const key = `${crypto.randomUUID()}/${name}`
  const { checksum } = photo
  const post = await createPresignedPost(client, {
    Bucket: bucket.name,
    Key: key,
    Conditions: [['content-length-range', size, size]],
    Fields: {
      'Content-Type': contentType,
      success_action_status: '201',
      'x-amz-checksum-algorithm': 'SHA256',
      'x-amz-checksum-sha256': checksum,
    },
  })
  const token = signUploadToken(
    {
      id,
      key,
      method: 'POST',
      size,
      contentType,
      name,
      relativePath: undefined,
      metadata: {},
      checksum,
    },
    tokenFactsOf(context),
  )
  return { post, token }
}

function signPart(
  client: S3Client,
  { key, s3UploadId }: MultipartTarget,
  partNumber: number,
): Promise<string> {
  const command = new UploadPartCommand({
    Bucket: bucket.name,
    Key: key,
    UploadId: s3UploadId,
    PartNumber: partNumber,
    ContentLength: part.bytes.length,
    ChecksumAlgorithm: 'SHA256',
    ChecksumSHA256: part.checksum,
  })
  // In headers, as the handler has them too.
  const unhoistableHeaders = new Set(Object.keys(partHeaders))
  return getSignedUrl(client, command, { expiresIn: 1800, unhoistableHeaders })
}
