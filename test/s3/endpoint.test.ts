import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BucketLocation, bucketUrl, objectUrl } from '../../src/s3/endpoint.js'
import { objectKeyProblem } from '../../src/s3/object-key.js'

const aws: BucketLocation = { bucket: 'photos', region: 'eu-west-1' }
const local: BucketLocation = { ...aws, endpoint: 'http://localhost:9000' }

describe('bucketUrl', () => {
  test.each<[string, BucketLocation, string]>([
    ['the regional host of AWS', aws, 'https://photos.s3.eu-west-1.amazonaws.com/'],
    [
      'the domain of AWS in China',
      { ...aws, region: 'cn-north-1' },
      'https://photos.s3.cn-north-1.amazonaws.com.cn/',
    ],
    [
      'the path where AWS is told so',
      { ...aws, forcePathStyle: true },
      'https://s3.eu-west-1.amazonaws.com/photos',
    ],
    [
      'the path for a bucket with dots, which no certificate covers',
      { ...aws, bucket: 'my.photos' },
      'https://s3.eu-west-1.amazonaws.com/my.photos',
    ],
    [
      'the path for a bucket that is no host name',
      { ...aws, bucket: 'My_Photos' },
      'https://s3.eu-west-1.amazonaws.com/My_Photos',
    ],
    ['the path of a custom endpoint', local, 'http://localhost:9000/photos'],
    [
      'the host of a custom endpoint where told so',
      { ...local, forcePathStyle: false },
      'http://photos.localhost:9000/',
    ],
    [
      'the host of a plain-http endpoint for a bucket with dots',
      { ...local, bucket: 'my.photos', forcePathStyle: false },
      'http://my.photos.localhost:9000/',
    ],
    [
      'the path of an IP address, which has no subdomains',
      { ...local, endpoint: 'http://127.0.0.1:9000', forcePathStyle: false },
      'http://127.0.0.1:9000/photos',
    ],
    [
      'the path of an IPv6 address',
      { ...local, endpoint: 'http://[::1]:9000', forcePathStyle: false },
      'http://[::1]:9000/photos',
    ],
    [
      "an endpoint's own path",
      { ...aws, endpoint: 'https://project.example.co/storage/v1/s3/' },
      'https://project.example.co/storage/v1/s3/photos',
    ],
    [
      'no query or fragment of the endpoint',
      { ...aws, endpoint: 'https://s3.example.com/?a=1#b' },
      'https://s3.example.com/photos',
    ],
  ])('uses %s', (_, location, url) => {
    expect(bucketUrl(location).href).toBe(url)
  })

  test.each<[string, Partial<BucketLocation>]>([
    ['is no bucket name', { bucket: '' }],
    ['is no bucket name', { bucket: 'a/b' }],
    ['is no bucket name', { bucket: '..' }],
    ['is no bucket name', { bucket: 'a@evil.example' }],
    ['is no region', { region: '' }],
    ['is no region', { region: 'eu-west-1/evil' }],
    ['is no region', { region: 'evil.example' }],
    ['is no URL', { endpoint: 's3.example.com' }],
    ['is no URL', { endpoint: 'localhost:9000' }],
    ['is no URL', { endpoint: 'ftp://s3.example.com' }],
  ])('says what %s: %j', (problem, change) => {
    const attempt = () => bucketUrl({ ...aws, ...change })

    expect(attempt).toThrow(TypeError)
    expect(attempt).toThrow(problem)
  })
})

describe('objectUrl', () => {
  test.each<[BucketLocation, string]>([
    [aws, 'https://photos.s3.eu-west-1.amazonaws.com/a%20b/%2B.txt'],
    [local, 'http://localhost:9000/photos/a%20b/%2B.txt'],
  ])('puts the encoded key behind the bucket', (location, url) => {
    expect(objectUrl(location, 'a b/+.txt').href).toBe(url)
  })

  test.each(['a//b', '/a', 'a/'])('keeps the slashes of %j', (key) => {
    expect(objectUrl(aws, key).pathname).toBe(`/${key}`)
    expect(objectUrl(local, key).pathname).toBe(`/photos/${key}`)
  })

  test.each(['', '.', 'a/..', '../other/secret'])('refuses %j, which leads elsewhere', (key) => {
    expect(() => objectUrl(aws, key)).toThrow(TypeError)
    expect(() => objectUrl(local, key)).toThrow(TypeError)
  })

  test('can be read back into the key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (key) => {
        fc.pre(objectKeyProblem(key) === undefined)

        const { pathname, search, hash } = objectUrl(local, key)

        expect(decodeURIComponent(pathname)).toBe(`/photos/${key}`)
        expect(search + hash).toBe('')
      }),
      { seed: 9000, numRuns: 500 },
    )
  })
})
