import { createTestS3 } from 's3-direct-upload/testing'
import { describe, expect, it } from 'vitest'
import { credentials, signedS3 } from '../signed-s3.js'

const refused = [
  ['ab', '3 to 63 characters'],
  ['a'.repeat(64), '3 to 63 characters'],
  ['Photos', 'lowercase letters'],
  ['my_photos', 'lowercase letters'],
  ['-photos', 'begin and end'],
  ['photos.', 'begin and end'],
  ['my..photos', 'two dots'],
  ['my-.photos', 'hyphen beside a dot'],
  ['my.-photos', 'hyphen beside a dot'],
  ['192.168.5.123', 'IP address'],
  ['xn--photos', 'how it begins'],
  ['sthree-photos', 'how it begins'],
  ['amzn-s3-demo-bucket', 'how it begins'],
  ['photos-s3alias', 'how it ends'],
  ['photos--ol-s3', 'how it ends'],
  ['photos.mrap', 'how it ends'],
  ['photos--usw2-az1--x-s3', 'how it ends'],
  ['photos--table-s3', 'how it ends'],
] as const

describe('the name of a bucket', () => {
  for (const [name, reason] of refused) {
    it(`cannot be ${name}: ${reason}`, async () => {
      const outcome = await signedS3().send({ method: 'PUT', bucket: name })

      expect([outcome.status, outcome.code]).toEqual([400, 'InvalidBucketName'])
      expect(outcome.text).toContain(reason)
      expect(() => createTestS3({ buckets: [name], credentials })).toThrow(reason)
    })
  }

  for (const name of [
    'abc',
    'a'.repeat(63),
    '1-a',
    'my.photos.1',
    '192.168.5',
    '192.168.5.123.4',
    'my-xn--photos',
    'sthree',
    'photos-s3alias-1',
  ]) {
    it(`can be ${name}`, async () => {
      expect((await signedS3().send({ method: 'PUT', bucket: name })).status).toBe(200)
    })
  }
})

describe('a new bucket', () => {
  for (const [headers, outcome] of [
    [{ 'x-amz-acl': 'public-read' }, '400 InvalidBucketAclWithObjectOwnership'],
    [{ 'x-amz-grant-read': 'id="a"' }, '501 NotImplemented'],
    [{ 'x-amz-bucket-object-lock-enabled': 'true' }, '501 NotImplemented'],
    [{ 'x-amz-object-ownership': 'ObjectWriter' }, '501 NotImplemented'],
    [{ 'x-amz-acl': 'private', 'x-amz-object-ownership': 'BucketOwnerEnforced' }, '200 undefined'],
  ] as const) {
    it(`with ${JSON.stringify(headers)}: ${outcome}`, async () => {
      const { status, code } = await signedS3().send({ method: 'PUT', bucket: 'other', headers })

      expect(`${status} ${code}`).toBe(outcome)
    })
  }

  it('with tags or a location type, which it could not have, is refused', async () => {
    const { send } = signedS3()
    for (const inside of ['<Tags/>', '<Bucket><Type>Directory</Type></Bucket>']) {
      const body = `<CreateBucketConfiguration>${inside}</CreateBucketConfiguration>`
      expect((await send({ method: 'PUT', bucket: 'other', body })).code).toBe('NotImplemented')
    }
  })
})
