import {
  CreateBucketCommand,
  DeleteBucketCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { expect } from 'vitest'
import { conformanceRow } from './conformance-row.js'
import { refusal } from './multipart-upload.js'

export const buckets = conformanceRow('buckets', (check) => {
  check('makes, finds, lists and removes a bucket', async (s3) => {
    const Bucket = await s3.createBucket()
    await s3.sdk.send(new HeadBucketCommand({ Bucket }))
    const { Buckets = [] } = await s3.sdk.send(new ListBucketsCommand({}))
    await s3.sdk.send(new DeleteBucketCommand({ Bucket }))

    expect(Buckets.map(({ Name }) => Name)).toContain(Bucket)
    expect(await refusal(s3.sdk.send(new HeadBucketCommand({ Bucket })))).toBe('404 NotFound')
  })

  check('refuses to make a bucket again', async (s3) => {
    const command = new CreateBucketCommand({ Bucket: s3.bucket })

    expect(await refusal(s3.sdk.send(command))).toBe('409 BucketAlreadyOwnedByYou')
  })

  check('refuses a name that no bucket may have', async (s3) => {
    const response = await s3.sendSigned({ method: 'PUT', url: `${s3.target.url}/No_Bucket` })

    expect(response.outcome).toBe('400 InvalidBucketName')
  })

  check('refuses to remove a bucket with objects', async (s3) => {
    const Bucket = await s3.createBucket()
    await s3.sdk.send(new PutObjectCommand({ Bucket, Key: 'key', Body: 'hello' }))

    const removal = s3.sdk.send(new DeleteBucketCommand({ Bucket }))

    expect(await refusal(removal)).toBe('409 BucketNotEmpty')
  })
})
