import { Readable } from 'node:stream'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { expect } from 'vitest'
import { signedChunksRequest, unsignedChunksRequest } from './aws-chunked-body.js'
import { conformanceRow } from './conformance-row.js'

const crc32OfHelloHello = '9YyXaA=='
const chunks = ['hello', 'hello']

export const streamingSignature = conformanceRow('header SigV4, aws-chunked', (check) => {
  check('accepts signed chunks', async (s3) => {
    const key = s3.newKey()
    const response = await s3.send(await signedChunksRequest(s3, key, { chunks }))

    expect(response.outcome).toBe('200')
    expect(await s3.stored(key)).toBe('hellohello')
  })

  check('does not store the coding of the transfer', async (s3) => {
    const key = s3.newKey()
    await s3.send(await signedChunksRequest(s3, key, { chunks }))

    const { headers } = await s3.get(key)

    expect(headers['content-encoding'] ?? '').toBe('')
  })

  check('refuses a chunk with a wrong signature', async (s3) => {
    const key = s3.newKey()
    const response = await s3.send(await signedChunksRequest(s3, key, { chunks, brokenChunk: 1 }))

    expect(await s3.stored(key)).toBeUndefined()
    expect(response.outcome).toBe('403 SignatureDoesNotMatch')
  })

  check('accepts signed chunks with a signed trailing checksum', async (s3) => {
    const key = s3.newKey()
    const trailers = { 'x-amz-checksum-crc32': crc32OfHelloHello }
    const response = await s3.send(await signedChunksRequest(s3, key, { chunks, trailers }))

    expect(response.outcome).toBe('200')
    expect(await s3.stored(key)).toBe('hellohello')
  })

  check('accepts unsigned chunks with a trailing checksum', async (s3) => {
    const key = s3.newKey()
    const trailers = { 'x-amz-checksum-crc32': crc32OfHelloHello }
    const response = await s3.send(await unsignedChunksRequest(s3, key, { chunks, trailers }))

    expect(response.outcome).toBe('200')
    expect(await s3.stored(key)).toBe('hellohello')
  })

  check('refuses a wrong trailing checksum', async (s3) => {
    const key = s3.newKey()
    const trailers = { 'x-amz-checksum-crc32': 'NhCmhg==' }
    const response = await s3.send(await unsignedChunksRequest(s3, key, { chunks, trailers }))

    expect(await s3.stored(key)).toBeUndefined()
    expect(response.outcome).toBe('400 BadDigest')
  })

  check('accepts a stream of the AWS SDK', async (s3) => {
    const Key = s3.newKey()
    const Body = Readable.from([Buffer.from('hello'), Buffer.from('hello')])
    await s3.sdk.send(new PutObjectCommand({ Bucket: s3.bucket, Key, Body, ContentLength: 10 }))

    expect(await s3.stored(Key)).toBe('hellohello')
  })
})
