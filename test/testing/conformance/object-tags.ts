import {
  CopyObjectCommand,
  DeleteObjectTaggingCommand,
  GetObjectTaggingCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3'
import { expect } from 'vitest'
import { conformanceRow } from './conformance-row.js'
import { MultipartUpload, refusal } from './multipart-upload.js'
import { formRequest } from './post-form.js'
import type { S3UnderTest } from './s3-under-test.js'

const hello = { content: 'hello' }
const document = (tags: string) => `<Tagging><TagSet>${tags}</TagSet></Tagging>`
const pending = document('<Tag><Key>state</Key><Value>pending</Value></Tag>')

async function tagsOf(s3: S3UnderTest, Key: string) {
  const command = new GetObjectTaggingCommand({ Bucket: s3.bucket, Key })
  const { TagSet = [] } = await s3.sdk.send(command)
  return Object.fromEntries(TagSet.map(({ Key: key, Value }) => [key, Value]))
}

export const objectTags = conformanceRow('object tags', (check) => {
  check('stores the tags of a PUT', async (s3) => {
    const key = await s3.put('hello', { 'x-amz-tagging': 'state=pending&owner=a%20b' })

    expect(await tagsOf(s3, key)).toEqual({ state: 'pending', owner: 'a b' })
  })

  check('stores the tags of a presigned PUT', async (s3) => {
    const key = s3.newKey()
    const headers = { 'x-amz-tagging': 'state=pending' }
    const request = { method: 'PUT', url: s3.url(key), headers, body: 'hello' }

    expect((await s3.sendPresigned(request)).outcome).toBe('200')
    expect(await tagsOf(s3, key)).toEqual({ state: 'pending' })
  })

  check('refuses a presigned PUT without its signed tags', async (s3) => {
    const key = s3.newKey()
    const headers = { 'x-amz-tagging': 'state=pending' }
    const request = { method: 'PUT', url: s3.url(key), headers, body: 'hello' }
    const signed = await s3.presigned(request)

    expect((await s3.send({ ...signed, headers: {} })).status).toBe(403)
    expect(await s3.stored(key)).toBeUndefined()
  })

  check('stores the tags of a form', async (s3) => {
    const key = s3.newKey()
    const response = await s3.postForm({ key, tagging: pending }, hello)

    expect(response.outcome).toBe('204')
    expect(await tagsOf(s3, key)).toEqual({ state: 'pending' })
  })

  check('refuses a form with other tags than its policy says', async (s3) => {
    const key = s3.newKey()
    const fields = { ...s3.signForm({ key, tagging: pending }), tagging: document('') }

    expect((await s3.send(formRequest(s3.bucketUrl, fields, hello))).outcome).toBe(
      '403 AccessDenied',
    )
    expect(await s3.stored(key)).toBeUndefined()
  })

  check('refuses a form without the tags that its policy wants', async (s3) => {
    const key = s3.newKey()
    const { tagging: _, ...fields } = s3.signForm({ key, tagging: pending })

    expect((await s3.send(formRequest(s3.bucketUrl, fields, hello))).outcome).toBe(
      '403 AccessDenied',
    )
    expect(await s3.stored(key)).toBeUndefined()
  })

  check('gives an object of parts the tags that its upload was begun with', async (s3) => {
    const upload = await MultipartUpload.create(s3, { Tagging: 'state=pending' })
    const { ETag } = await upload.put(1, 'hello')
    await upload.complete([{ PartNumber: 1, ETag }])

    expect(await tagsOf(s3, upload.key)).toEqual({ state: 'pending' })
  })

  check('replaces all tags, and leaves bytes and ETag as they were', async (s3) => {
    const Key = await s3.put('hello', { 'x-amz-tagging': 'state=pending' })
    const before = await s3.head(Key)
    const Tagging = { TagSet: [{ Key: 'color', Value: 'blue' }] }
    await s3.sdk.send(new PutObjectTaggingCommand({ Bucket: s3.bucket, Key, Tagging }))

    expect(await tagsOf(s3, Key)).toEqual({ color: 'blue' })
    expect((await s3.head(Key)).ETag).toBe(before.ETag)
    expect(await s3.stored(Key)).toBe('hello')
  })

  check('refuses to give a tag with a character that tags do not have', async (s3) => {
    const Key = await s3.put('hello', { 'x-amz-tagging': 'state=pending' })
    const Tagging = { TagSet: [{ Key: 'color', Value: 'blue & red' }] }
    const command = new PutObjectTaggingCommand({ Bucket: s3.bucket, Key, Tagging })

    expect(await refusal(s3.sdk.send(command))).toBe('400 InvalidTag')
    expect(await tagsOf(s3, Key)).toEqual({ state: 'pending' })
  })

  check('removes all tags, also where there are none', async (s3) => {
    const Key = await s3.put('hello', { 'x-amz-tagging': 'state=pending' })
    const command = new DeleteObjectTaggingCommand({ Bucket: s3.bucket, Key })
    await s3.sdk.send(command)
    await s3.sdk.send(command)

    expect(await tagsOf(s3, Key)).toEqual({})
    expect(await s3.stored(Key)).toBe('hello')
  })

  check('refuses to tell, give or remove the tags of an object that is not there', async (s3) => {
    const names = { Bucket: s3.bucket, Key: s3.newKey() }
    const Tagging = { TagSet: [] }

    expect([
      await refusal(s3.sdk.send(new GetObjectTaggingCommand(names))),
      await refusal(s3.sdk.send(new PutObjectTaggingCommand({ ...names, Tagging }))),
      await refusal(s3.sdk.send(new DeleteObjectTaggingCommand(names))),
    ]).toEqual(['404 NoSuchKey', '404 NoSuchKey', '404 NoSuchKey'])
  })

  check('forgets the tags of an object that is replaced', async (s3) => {
    const key = s3.newKey()
    const headers = { 'x-amz-tagging': 'state=pending' }
    await s3.sendSigned({ method: 'PUT', url: s3.url(key), headers, body: 'hello' })
    await s3.sendSigned({ method: 'PUT', url: s3.url(key), body: 'again' })

    expect(await tagsOf(s3, key)).toEqual({})
  })

  check('copies the tags, or gives the copy others', async (s3) => {
    const key = await s3.put('hello', { 'x-amz-tagging': 'state=pending' })
    const names = { Bucket: s3.bucket, CopySource: `${s3.bucket}/${key}` }
    const [Key, other] = [s3.newKey(), s3.newKey()]
    await s3.sdk.send(new CopyObjectCommand({ ...names, Key }))
    const replacing = { TaggingDirective: 'REPLACE', Tagging: 'state=done' } as const
    await s3.sdk.send(new CopyObjectCommand({ ...names, ...replacing, Key: other }))

    expect(await tagsOf(s3, Key)).toEqual({ state: 'pending' })
    expect(await tagsOf(s3, other)).toEqual({ state: 'done' })
  })

  for (const [what, header, outcome] of [
    ['eleven tags', Array.from({ length: 11 }, (_, n) => `t${n}=1`).join('&'), 'BadRequest'],
    ['the same tag twice', 'a=1&a=2', 'InvalidArgument'],
    ['a tag without a key', '=1', 'InvalidTag'],
    ['a key of 129 characters', `${'k'.repeat(129)}=1`, 'InvalidTag'],
    ['a value of 257 characters', `k=${'v'.repeat(257)}`, 'InvalidTag'],
  ] as const) {
    check(`refuses ${what}`, async (s3) => {
      const headers = { 'x-amz-tagging': header }
      const request = { method: 'PUT', url: s3.url(s3.newKey()), headers, body: 'hello' }

      expect((await s3.sendSigned(request)).outcome).toBe(`400 ${outcome}`)
    })
  }
})
