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

function rule(changes: Partial<LifecycleRule>): LifecycleRule {
  return { Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 }, ...changes }
}

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

  const tags = [
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: '2' },
  ]
  for (const [what, changes] of [
    ['a size', { Filter: { ObjectSizeGreaterThan: 5 } }],
    ['a size among others', { Filter: { And: { Prefix: 'a/', ObjectSizeLessThan: 5 } } }],
    ['several tags', { Filter: { And: { Tags: tags } } }],
    ['a date', { Expiration: { Date: new Date('2030-09-27') } }],
    ['expired delete markers', { Expiration: { ExpiredObjectDeleteMarker: true } }],
    ['a transition', { Transitions: [{ Days: 30, StorageClass: 'GLACIER' }] }],
    ['old versions', { NoncurrentVersionExpiration: { NoncurrentDays: 3 } }],
  ] as const satisfies readonly [string, Partial<LifecycleRule>][]) {
    test(`is refused where a part of it would be lost: ${what}`, async () => {
      await expect(put([rule(changes)])).rejects.toMatchObject({ name: 'NotImplemented' })
    })
  }

  for (const [what, name, ...changes] of [
    ['a long ID', 'InvalidArgument', { ID: 'a'.repeat(256) }],
    ['an ID that occurs twice', 'InvalidArgument', { ID: 'a' }, { ID: 'a' }],
    ['days that are none', 'InvalidArgument', { Expiration: { Days: 0 } }],
    ['days before the upload', 'InvalidArgument', { Expiration: { Days: -1 } }],
    [
      'tags for parts, which have none',
      'InvalidRequest',
      {
        Filter: { Tag: { Key: 'a', Value: '1' } },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      },
    ],
    ['a prefix in two places', 'MalformedXML', { Prefix: 'a/' }],
    [
      'two conditions without And',
      'MalformedXML',
      { Filter: { Prefix: 'a/', Tag: { Key: 'a', Value: '1' } } },
    ],
    ['a tag without a key', 'MalformedXML', { Filter: { Tag: { Key: '', Value: '1' } } }],
  ] as const satisfies readonly [string, string, ...Partial<LifecycleRule>[]][]) {
    test(`is refused with ${what}`, async () => {
      await expect(put(changes.map(rule))).rejects.toMatchObject({ name })
      await expect(get()).rejects.toMatchObject({ name: 'NoSuchLifecycleConfiguration' })
    })
  }

  test('gives a rule an ID that came without one', async () => {
    await put([rule({ Filter: { Prefix: 'a/' } }), rule({ Filter: { Prefix: 'b/' } })])
    const ids = (await get()).Rules?.map(({ ID }) => ID)

    expect(new Set(ids).size).toBe(2)
    expect(ids).not.toContain(undefined)
  })

  test('may have an ID of 255 characters, and its prefix without a filter', async () => {
    await put([{ ID: 'a'.repeat(255), Status: 'Enabled', Prefix: 'old/', Expiration: { Days: 1 } }])

    expect((await get()).Rules).toMatchObject([
      { ID: 'a'.repeat(255), Filter: { Prefix: 'old/' }, Expiration: { Days: 1 } },
    ])
  })

  test('is refused without an action', async () => {
    await expect(put([{ Status: 'Enabled', Filter: { Prefix: '' } }])).rejects.toMatchObject({
      name: 'MalformedXML',
    })
  })
})
