import { type PublicUrlOptions, publicUrl } from 's3-direct-upload/server'
import { describe, expect, it } from 'vitest'

const bucket = { bucket: 'photos', region: 'eu-west-1' }

describe('publicUrl', () => {
  it.each<[string, PublicUrlOptions, string]>([
    [
      'names the bucket in the host',
      { ...bucket, key: 'a.jpg' },
      'https://photos.s3.eu-west-1.amazonaws.com/a.jpg',
    ],
    [
      'names it in the path where the host cannot',
      { ...bucket, bucket: 'my.photos', key: 'a.jpg' },
      'https://s3.eu-west-1.amazonaws.com/my.photos/a.jpg',
    ],
    [
      'names it in the path of another service',
      { ...bucket, endpoint: 'http://localhost:9000', key: 'a.jpg' },
      'http://localhost:9000/photos/a.jpg',
    ],
    [
      'names it in the host of one that has hosts',
      { ...bucket, endpoint: 'https://s3.example.com', forcePathStyle: false, key: 'a.jpg' },
      'https://photos.s3.example.com/a.jpg',
    ],
    [
      'takes an address of your own',
      { baseUrl: 'https://cdn.example.com', key: 'a.jpg' },
      'https://cdn.example.com/a.jpg',
    ],
    [
      'takes one with a path',
      { baseUrl: 'https://cdn.example.com/files/', key: 'a.jpg' },
      'https://cdn.example.com/files/a.jpg',
    ],
    [
      'encodes what is not plain',
      { ...bucket, key: `a b/é+(1)&'?#%2F日.jpg` },
      `https://photos.s3.eu-west-1.amazonaws.com/a%20b/%C3%A9%2B%281%29%26%27%3F%23%252F%E6%97%A5.jpg`,
    ],
    [
      'encodes so behind an address too',
      { baseUrl: 'https://cdn.example.com', key: 'a b/é+?.jpg' },
      'https://cdn.example.com/a%20b/%C3%A9%2B%3F.jpg',
    ],
  ])('%s', (_title, options, url) => {
    expect(publicUrl(options)).toBe(url)
    expect(new URL(url).href).toBe(url)
  })

  it.each(['', '../a.jpg', 'a/./b.jpg', '/a.jpg', 'a//b.jpg', 'a\n.jpg', '\uD800'])(
    'refuses the key %j, which has no URL of its own',
    (key) => {
      expect(() => publicUrl({ ...bucket, key })).toThrow(TypeError)
      expect(() => publicUrl({ baseUrl: 'https://cdn.example.com', key })).toThrow(TypeError)
    },
  )

  it.each(['cdn.example.com', 'javascript:alert(1)', 'https://cdn.example.com/?a=b', '/files'])(
    'refuses the address %j',
    (baseUrl) => {
      expect(() => publicUrl({ baseUrl, key: 'a.jpg' })).toThrow(/baseUrl/)
    },
  )

  it.each([
    ['bucket', { bucket: undefined }],
    ['region', { region: undefined }],
    ['endpoint', { endpoint: new URL('https://s3.example.com') }],
    ['endpoint', { endpoint: '', publicEndpoint: 'https://files.example.com' }],
    ['publicEndpoint', { publicEndpoint: null }],
    ['publicEndpoint', { publicEndpoint: 'files.example.com' }],
    ['publicEndpoint', { publicEndpoint: 'https://files.example.com/photos' }],
  ])('names the field that makes no address: %s', (field, changes) => {
    const options: object = { ...bucket, ...changes }

    expect(() => publicUrl({ ...(options as typeof bucket), key: 'a.jpg' })).toThrow(
      new RegExp(`^s3-direct-upload: (?:publicUrl cannot use these options\\.\n- )?${field}: `),
    )
  })
})
