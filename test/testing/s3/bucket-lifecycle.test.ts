import {
  DeleteBucketLifecycleCommand,
  GetBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { type RunningTestS3, startTestS3 } from 's3-direct-upload/testing/node'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }
const Bucket = 'photos'
const rules: LifecycleRule[] = [
  {
    ID: 'abort',
    Status: 'Enabled',
    Filter: { Prefix: 'uploads/' },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  },
  {
    ID: 'tagged',
    Status: 'Enabled',
    Filter: { And: { Prefix: 'uploads/', Tags: [{ Key: 'a', Value: 'b' }] } },
    Expiration: { Days: 1 },
  },
  { ID: 'old', Status: 'Disabled', Filter: { Prefix: '' }, Expiration: { Days: 30 } },
]

describe('the lifecycle configuration of a bucket', () => {
  let s3: RunningTestS3
  let client: S3Client

  beforeEach(async () => {
    s3 = await startTestS3({ buckets: [Bucket], credentials })
    client = new S3Client({
      region: 'us-east-1',
      endpoint: s3.url,
      forcePathStyle: true,
      credentials,
    })
  })

  afterEach(async () => {
    client.destroy()
    await s3.close()
  })

  const put = (Rules: LifecycleRule[]) =>
    client.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }),
    )
  const get = () => client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))

  test('is kept as it was put', async () => {
    await put(rules)

    expect((await get()).Rules).toEqual(rules)
  })

  test('is not there at first, nor after it was deleted', async () => {
    await expect(get()).rejects.toMatchObject({ name: 'NoSuchLifecycleConfiguration' })
    await put(rules)
    await client.send(new DeleteBucketLifecycleCommand({ Bucket }))

    await expect(get()).rejects.toMatchObject({ name: 'NoSuchLifecycleConfiguration' })
  })

  test('is refused where a part of it would be lost', async () => {
    const bySize: LifecycleRule = {
      Status: 'Enabled',
      Filter: { ObjectSizeGreaterThan: 5 },
      Expiration: { Days: 1 },
    }

    await expect(put([bySize])).rejects.toMatchObject({ name: 'NotImplemented' })
  })

  test('is refused without an action', async () => {
    await expect(put([{ Status: 'Enabled', Filter: { Prefix: '' } }])).rejects.toMatchObject({
      name: 'MalformedXML',
    })
  })
})
