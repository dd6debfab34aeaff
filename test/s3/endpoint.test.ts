import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BucketLocation } from '../../src/s3/bucket-location.js'
import { bucketUrl, objectUrl } from '../../src/s3/endpoint.js'
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
      'the path of a plain-http endpoint for a bucket with dots',
      { ...local, bucket: 'my.photos', forcePathStyle: false },
      'http://localhost:9000/my.photos',
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
    ['is not a bucket name', { bucket: '' }],
    ['is not a bucket name', { bucket: 'a/b' }],
    ['is not a bucket name', { bucket: '..' }],
    ['is not a bucket name', { bucket: 'a@evil.example' }],
    ['is not a region', { region: '' }],
    ['is not a region', { region: 'eu-west-1/evil' }],
    ['is not a region', { region: 'evil.example' }],
    ['is not a URL', { endpoint: 's3.example.com' }],
    ['is not a URL', { endpoint: 'localhost:9000' }],
    ['is not a URL', { endpoint: 'ftp://s3.example.com' }],
  ])('refuses what %s: %j', (problem, change) => {
    const attempt = () => bucketUrl({ ...aws, ...change })

    expect(attempt).toThrow(TypeError)
    expect(attempt).toThrow(problem)
  })
})

describe('an endpoint with the bucket in it', () => {
  test.each([
    ['https://account.r2.cloudflarestorage.com/photos', 'https://account.r2.cloudflarestorage.com'],
    ['https://s3.example.com/photos/', 'https://s3.example.com'],
    ['https://project.example.co/storage/v1/s3/photos', 'https://project.example.co/storage/v1/s3'],
    ['https://photos.nyc3.digitaloceanspaces.com', 'https://nyc3.digitaloceanspaces.com'],
    ['https://photos.s3.eu-west-1.amazonaws.com', 'https://s3.eu-west-1.amazonaws.com'],
    [
      'https://photos.s3-fips.us-gov-west-1.amazonaws.com',
      'https://s3-fips.us-gov-west-1.amazonaws.com',
    ],
    ['https://PHOTOS.S3.EU-WEST-1.AMAZONAWS.COM', 'https://s3.eu-west-1.amazonaws.com'],
    ['http://photos.s3.storage.example:8080', 'http://s3.storage.example:8080'],
    ['https://photos.account.r2.cloudflarestorage.com', 'https://account.r2.cloudflarestorage.com'],
    ['https://photos.storage.googleapis.com', 'https://storage.googleapis.com'],
  ])('is refused, with the way out: %s', (endpoint, way) => {
    for (const forcePathStyle of [undefined, true, false]) {
      const attempt = () => bucketUrl({ ...aws, endpoint, forcePathStyle })

      expect(attempt).toThrow(/endpoint: .*contains the bucket "photos" already/)
      expect(attempt).toThrow(`Leave it out: "${way}".`)
    }
  })

  test.each([
    'https://ref.supabase.co/storage/v1/s3',
    'https://photos-store.example.com',
    'https://s3.photos.example.com',
    'http://photos:9000',
    'http://photos.internal.example:9000',
    'http://photos.default.svc.cluster.local:9000',
    'https://s3.example.com/photos-of-all',
    'https://s3.example.com/my-photos',
  ])('is not seen in %s', (endpoint) => {
    expect(bucketUrl({ ...aws, endpoint }).href).toBe(`${endpoint}/photos`)
  })
})

describe('credentials in an endpoint', () => {
  test.each([
    'http://admin:hunter2@minio.internal:9000',
    'https://hunter2@minio.internal:9000',
    'https://:hunter2@minio.internal:9000',
    'admin:hunter2@minio.internal:9000',
    'http://admin:1#hunter2@minio.internal:9000',
    'http://admin:hunter2/@x@minio.internal:9000',
  ])('are refused and not repeated: %s', (endpoint) => {
    const attempt = () => bucketUrl({ ...aws, endpoint })

    expect(attempt).toThrow(/endpoint: .*without them: "https?:\/\/minio\.internal:9000"/)
    expect(attempt).not.toThrow('hunter2')
  })
})

describe('a bucket with a protocol of its own', () => {
  test.each([
    ['photos--use1-az4--x-s3', 'S3 Express One Zone'],
    ['photos--use1-az4--xa-s3', 'S3 Express One Zone'],
    ['photos-a1b2c3--ol-s3', 'Object Lambda'],
    ['photos-a1b2c3--op-s3', 'Outposts'],
    ['photos--table-s3', 'table bucket'],
    ['mfzwi23gnjvgw.mrap', 'Multi-Region Access Point'],
    ['arn:aws:s3:eu-west-1:123456789012:accesspoint/photos', 'alias of the access point'],
  ])('is refused: %s', (bucket, name) => {
    expect(() => bucketUrl({ ...aws, bucket })).toThrow(name)
    expect(() => bucketUrl({ ...local, bucket })).toThrow(/bucket: .*(?:Use|Pass) /)
  })
})

describe('objectUrl', () => {
  test.each(['xn--photos', 'xn--bcher-kva', 'xn--'])(
    'has the bucket "%s" in its path, which a host name cannot carry',
    (bucket) => {
      expect(objectUrl({ ...aws, bucket }, 'other').href).toBe(
        `https://s3.eu-west-1.amazonaws.com/${bucket}/other`,
      )
    },
  )

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

  test.each([
    ['a/..', 'a%2F..'],
    ['../other/secret', '..%2Fother/secret'],
    ['a/./../b', 'a%2F.%2F..%2Fb'],
    ['a//../b', 'a/%2F..%2Fb'],
    ['a/...', 'a/...'],
  ])('keeps the dot segments of %j', (key, path) => {
    const { href } = objectUrl(local, key)

    expect(new URL(href).pathname).toBe(`/photos/${path}`)
    expect(decodeURIComponent(path)).toBe(key)
  })

  test.each(['', '.', '..'])('refuses %j, which leads elsewhere', (key) => {
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
