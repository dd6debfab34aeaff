import { describe, expect, it } from 'vitest'
import { signedS3 } from '../signed-s3.js'

type Tags = readonly (readonly [key: string, value: string])[]

const numbered = (count: number): Tags => Array.from({ length: count }, (_, n) => [`k${n}`, 'v'])

/** Tags, and what S3 says about them in PutObjectTagging; in the header a key that occurs twice has another code. */
const refused: readonly (readonly [string, Tags, string])[] = [
  ['eleven tags', numbered(11), 'BadRequest'],
  ['an empty key', [['', 'v']], 'InvalidTag'],
  ['a key of 129 characters', [['k'.repeat(129), 'v']], 'InvalidTag'],
  ['a value of 257 characters', [['k', 'v'.repeat(257)]], 'InvalidTag'],
  ['a key with a comma', [['a,b', 'v']], 'InvalidTag'],
  ['a value with an emoji', [['k', '🎉']], 'InvalidTag'],
  ["a key of AWS's own", [['aws:created', 'v']], 'InvalidTag'],
]

describe('the tags of an object', () => {
  for (const [what, tags, code] of refused) {
    it(`cannot be ${what}`, async () => {
      const { put, send, s3 } = signedS3()
      const header = {
        'x-amz-tagging': new URLSearchParams(tags.map((tag) => [...tag])).toString(),
      }

      expect((await put('a', 'hello', header)).code).toBe(code)
      expect(await s3.objects('photos')).toEqual([])
      await put('a', 'hello', { 'x-amz-tagging': 'old=1' })
      const body = documentOf(tags)
      expect((await send({ method: 'PUT', key: 'a', query: 'tagging', body })).code).toBe(code)
      expect((await s3.objects('photos'))[0]?.tags).toEqual({ old: '1' })
    })
  }

  it('cannot have a key twice', async () => {
    const { put, send } = signedS3()
    await put('a', 'hello')
    const tags: Tags = [
      ['k', '1'],
      ['k', '2'],
    ]

    expect((await put('b', 'hello', { 'x-amz-tagging': 'k=1&k=2' })).code).toBe('InvalidArgument')
    const body = documentOf(tags)
    expect((await send({ method: 'PUT', key: 'a', query: 'tagging', body })).code).toBe(
      'InvalidTag',
    )
  })

  it('are counted in characters, not in halves of them', async () => {
    const { put, s3 } = signedS3()
    const key = '𝒌'.repeat(128)
    await put('a', 'hello', { 'x-amz-tagging': new URLSearchParams({ [key]: '' }).toString() })

    expect((await s3.objects('photos'))[0]?.tags).toEqual({ [key]: '' })
  })

  it('can begin with AWS or aws, without the colon', async () => {
    const { put, s3 } = signedS3()
    await put('a', 'hello', { 'x-amz-tagging': 'aws=1&AWS%3Ax=2' })

    expect((await s3.objects('photos'))[0]?.tags).toEqual({ aws: '1', 'AWS:x': '2' })
  })

  for (const body of [
    '<Tagging/>',
    '<Tagging><TagSet><Tag><Key>k</Key></Tag></TagSet></Tagging>',
    '<Tagging><TagSet><Tag><Key>k</Key><Key>l</Key><Value>v</Value></Tag></TagSet></Tagging>',
    '<Tagging><TagSet/><TagSet/></Tagging>',
  ]) {
    it(`are not ${body}`, async () => {
      const { put, send } = signedS3()
      await put('a', 'hello')

      expect((await send({ method: 'PUT', key: 'a', query: 'tagging', body })).code).toBe(
        'MalformedXML',
      )
    })
  }
})

function documentOf(tags: Tags): string {
  const set = tags.map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`)
  return `<Tagging><TagSet>${set.join('')}</TagSet></Tagging>`
}
