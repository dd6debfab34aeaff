import { describe, expect, it } from 'vitest'
import { signedS3 } from '../signed-s3.js'

describe('the Content-Encoding of an object', () => {
  for (const [sent, kept] of [
    ['gzip', 'gzip'],
    ['deflate, gzip', 'deflate, gzip'],
    ['deflate,gzip', 'deflate,gzip'],
    ['aws-chunked', null],
    ['aws-chunked, gzip', 'gzip'],
    ['deflate, aws-chunked, gzip', 'deflate, gzip'],
    ['gzip,aws-chunked', 'gzip'],
    ['aws-chunked, aws-chunked', null],
  ] as const) {
    it(`of ${sent} is ${kept}`, async () => {
      const { put, send } = signedS3()
      await put('a', 'hello', { 'content-encoding': sent })

      expect((await send({ method: 'HEAD', key: 'a' })).headers.get('content-encoding')).toBe(kept)
    })
  }
})
