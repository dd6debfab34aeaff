import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { expect } from 'vitest'
import { conformanceRow } from './conformance-row.js'

const unusualKeys = [
  'a//b',
  '/leading',
  'a/../b',
  './a',
  'folder/',
  '100%.txt',
  'a+b c&d=e?f#g.txt',
  "(1)~*'!.txt",
  'é/日本語/😀.txt',
]

export const routing = conformanceRow('routing', (check) => {
  check('finds a bucket in the path and in the host name', async (s3) => {
    const key = await s3.put('hello')
    const port = new URL(s3.target.url).port
    const url = `http://${s3.bucket}.localhost:${port}/${key}`

    const response = await s3.sendSigned({ method: 'GET', url })

    expect(response.text).toBe('hello')
  })

  for (const key of unusualKeys) {
    check(`takes the key "${key}" as it is`, async (s3) => {
      const content = `content of ${key}`
      await s3.sdk.send(new PutObjectCommand({ Bucket: s3.bucket, Key: key, Body: content }))

      const object = await s3.sdk.send(new GetObjectCommand({ Bucket: s3.bucket, Key: key }))

      expect(await object.Body?.transformToString()).toBe(content)
    })
  }

  check('keeps keys apart that a file system would merge', async (s3) => {
    const base = s3.newKey()
    const keys = [base, `${base}/`, `${base}/b`, `${base}/B`, `${base}//b`]
    for (const Key of keys) {
      await s3.sdk.send(new PutObjectCommand({ Bucket: s3.bucket, Key, Body: Key }))
    }

    const contents = await Promise.all(
      keys.map(async (Key) => {
        const object = await s3.sdk.send(new GetObjectCommand({ Bucket: s3.bucket, Key }))
        return object.Body?.transformToString()
      }),
    )

    expect(contents).toEqual(keys)
  })

  check('answers NoSuchBucket for a bucket that is not there', async (s3) => {
    const url = `${s3.target.url}/conformance-no-such-bucket/key`
    const response = await s3.sendSigned({ method: 'GET', url })

    expect(response.outcome).toBe('404 NoSuchBucket')
  })

  check('answers NoSuchKey for an object that is not there', async (s3) => {
    const response = await s3.get(s3.newKey())

    expect(response.outcome).toBe('404 NoSuchKey')
  })

  check('answers errors as XML with code, message, resource and request id', async (s3) => {
    const response = await s3.get(s3.newKey())

    expect(response.headers['content-type']).toMatch(/^application\/xml/)
    expect(response.text).toMatch(/<Error>.*<Code>\w+<\/Code><Message>.+<\/Message>/s)
    expect(response.text).toMatch(/<Resource>.+<\/Resource>/)
    expect(response.text).toContain(
      `<RequestId>${response.headers['x-amz-request-id']}</RequestId>`,
    )
  })

  check('sends a request id with every answer', async (s3) => {
    const key = await s3.put('hello')
    const responses = [await s3.get(key), await s3.get('missing')]

    for (const { headers } of responses) expect(headers['x-amz-request-id']).toMatch(/\S+/)
  })

  check('refuses a method that an object does not have', async (s3) => {
    const response = await s3.sendSigned({ method: 'POST', url: s3.url(s3.newKey()) })

    expect(response.outcome).toBe('405 MethodNotAllowed')
  })

  check('refuses a key longer than 1,024 bytes', async (s3) => {
    const response = await s3.sendSigned({
      method: 'PUT',
      url: s3.url('k'.repeat(1025)),
      body: 'a',
    })

    expect(response.outcome).toBe('400 KeyTooLongError')
  })

  check('refuses a path that is not UTF-8 behind its percent signs', async (s3) => {
    const request = await s3.signed({ method: 'GET', url: s3.url('key') })
    const response = await s3.send({ ...request, url: `${s3.bucketUrl}/%ff%fe` })

    expect(response.outcome).toBe('400 InvalidURI')
  })

  for (const subresource of ['lifecycle-of-another-kind', 'intelligent-tiering']) {
    check(`does not take DELETE ?${subresource} for DELETE of the bucket`, async (s3) => {
      const bucket = await s3.createBucket()
      const url = `${s3.target.url}/${bucket}`
      const deletion = await s3.sendSigned({ method: 'DELETE', url: `${url}?${subresource}` })

      const bucketStatus = (await s3.sendSigned({ method: 'HEAD', url })).status

      expect(deletion.outcome).toBe('501 NotImplemented')
      expect(bucketStatus).toBe(200)
    })
  }

  check('does not take DELETE ?cors for DELETE of the bucket', async (s3) => {
    const bucket = await s3.createBucket()
    const url = `${s3.target.url}/${bucket}`
    const deletion = await s3.sendSigned({ method: 'DELETE', url: `${url}?cors` })

    const bucketStatus = (await s3.sendSigned({ method: 'HEAD', url })).status

    expect([deletion.status, bucketStatus]).toEqual([204, 200])
  })
})
