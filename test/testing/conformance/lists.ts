import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
} from '@aws-sdk/client-s3'
import { expect } from 'vitest'
import { conformanceRow } from './conformance-row.js'
import { refusal } from './multipart-upload.js'
import type { S3UnderTest } from './s3-under-test.js'

export const lists = conformanceRow('lists', (check) => {
  check('lists the keys of a prefix in the order of their bytes', async (s3) => {
    const prefix = await putKeys(s3, ['b', 'a/2', 'a', '\u{1f600}', '\uff5e', 'B'])

    expect(await list(s3, { Prefix: prefix })).toMatchObject({
      keys: ['B', 'a', 'a/2', 'b', '\uff5e', '\u{1f600}'],
    })
  })

  check('groups keys by a delimiter', async (s3) => {
    const prefix = await putKeys(s3, ['a/1', 'a/2', 'b', 'c/d/e'])
    const page = await list(s3, { Prefix: prefix, Delimiter: '/' })

    expect(page).toMatchObject({ keys: ['b'], groups: ['a/', 'c/'] })
  })

  check('pages through keys and groups without loss', async (s3) => {
    const prefix = await putKeys(s3, ['a/1', 'a/2', 'b', 'c/d/e', 'd'])
    const found: string[] = []
    let ContinuationToken: string | undefined
    do {
      const page = await list(s3, { Prefix: prefix, Delimiter: '/', MaxKeys: 1, ContinuationToken })
      found.push(...page.keys, ...page.groups)
      ContinuationToken = page.token
    } while (ContinuationToken)

    expect(found).toEqual(['a/', 'b', 'c/', 'd'])
  })

  check('begins behind start-after', async (s3) => {
    const prefix = await putKeys(s3, ['a', 'b', 'c'])

    expect(await list(s3, { Prefix: prefix, StartAfter: `${prefix}a` })).toMatchObject({
      keys: ['b', 'c'],
    })
  })

  check('encodes keys on request', async (s3) => {
    const prefix = await putKeys(s3, ['a b+é'])
    const command = new ListObjectsV2Command({
      Bucket: s3.bucket,
      Prefix: prefix,
      EncodingType: 'url',
    })
    const { Contents = [] } = await s3.sdk.send(command)

    expect(decodeURIComponent(Contents[0]?.Key?.replaceAll('+', ' ') ?? '')).toBe(`${prefix}a b+é`)
    expect(Contents[0]?.Key).toMatch(/%2B%C3%A9$/)
  })

  check('tells size and ETag', async (s3) => {
    const Prefix = await s3.put('hello')
    const { Contents } = await s3.sdk.send(new ListObjectsV2Command({ Bucket: s3.bucket, Prefix }))

    expect(Contents).toMatchObject([{ Size: 5, ETag: '"5d41402abc4b2a76b9719d911017c592"' }])
  })

  check('deletes several objects at once, missing ones too', async (s3) => {
    const keys = [await s3.put('a'), await s3.put('b'), s3.newKey()]
    const Objects = keys.map((Key) => ({ Key }))
    const { Deleted = [] } = await s3.sdk.send(
      new DeleteObjectsCommand({ Bucket: s3.bucket, Delete: { Objects } }),
    )

    expect(Deleted.map(({ Key }) => Key).sort()).toEqual([...keys].sort())
    expect(await s3.stored(keys[0] ?? '')).toBeUndefined()
  })

  check('answers DELETE of a missing object with 204', async (s3) => {
    const response = await s3.sendSigned({ method: 'DELETE', url: s3.url(s3.newKey()) })

    expect(response.outcome).toBe('204')
  })

  check('copies an object with its headers', async (s3) => {
    const source = await s3.put('hello', { 'content-type': 'image/png', 'x-amz-meta-color': 'red' })
    const Key = s3.newKey('copy with spaces')
    const CopySource = `${s3.bucket}/${source}`
    await s3.sdk.send(new CopyObjectCommand({ Bucket: s3.bucket, Key, CopySource }))

    expect(await s3.stored(Key)).toBe('hello')
    expect(await s3.head(Key)).toMatchObject({
      ContentType: 'image/png',
      Metadata: { color: 'red' },
    })
  })

  check('copies an object with other headers', async (s3) => {
    const source = await s3.put('hello', { 'content-type': 'image/png' })
    const Key = s3.newKey()
    await s3.sdk.send(
      new CopyObjectCommand({
        Bucket: s3.bucket,
        Key,
        CopySource: `${s3.bucket}/${source}`,
        MetadataDirective: 'REPLACE',
        ContentType: 'text/plain',
      }),
    )

    expect((await s3.head(Key)).ContentType).toBe('text/plain')
  })

  check('refuses to copy an object that is not there', async (s3) => {
    const command = new CopyObjectCommand({
      Bucket: s3.bucket,
      Key: s3.newKey(),
      CopySource: `${s3.bucket}/${s3.newKey()}`,
    })

    expect(await refusal(s3.sdk.send(command))).toBe('404 NoSuchKey')
  })
})

async function putKeys(s3: S3UnderTest, names: readonly string[]): Promise<string> {
  const prefix = s3.newKey('')
  for (const name of names) {
    const { status } = await s3.sendSigned({
      method: 'PUT',
      url: s3.url(prefix + name),
      body: name,
    })
    expect(status).toBe(200)
  }
  return prefix
}

/** One page of a listing, without the prefix. */
async function list(s3: S3UnderTest, input: Partial<ListObjectsV2CommandInput>) {
  const command = new ListObjectsV2Command({ Bucket: s3.bucket, ...input })
  const { Contents = [], CommonPrefixes = [], NextContinuationToken } = await s3.sdk.send(command)
  const short = (text = '') => text.slice(input.Prefix?.length ?? 0)
  return {
    keys: Contents.map(({ Key }) => short(Key)),
    groups: CommonPrefixes.map(({ Prefix }) => short(Prefix)),
    token: NextContinuationToken,
  }
}
