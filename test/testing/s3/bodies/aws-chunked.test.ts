import { describe, expect, it } from 'vitest'
import { readAwsChunked } from '../../../../src/testing/s3/bodies/aws-chunked.js'

const body = '5\r\nhello\r\n7\r\n\r\nworld\r\n'
const whole = `${body}0\r\nx-amz-checksum-crc32: NhCmhg==\r\n\r\n`

describe('readAwsChunked', () => {
  const bytes = new TextEncoder().encode(whole)

  it('reads the same content wherever the chunks are split', async () => {
    for (let offset = 0; offset <= bytes.length; offset++) {
      const { content, trailers } = await read([bytes.subarray(0, offset), bytes.subarray(offset)])
      expect(content, `split at ${offset}`).toBe('hello\r\nworld')
      expect(trailers).toEqual({ 'x-amz-checksum-crc32': 'NhCmhg==' })
    }
  })

  it('reads a body without content', async () => {
    expect(await readText('0\r\n\r\n')).toEqual({ content: '', trailers: {} })
  })

  for (const [what, text] of [
    ['is not chunked', 'hello'],
    ['has a chunk longer than its header says', '4\r\nhello\r\n0\r\n\r\n'],
    ['has a chunk shorter than its header says', '6\r\nhello\r\n0\r\n\r\n'],
    ['ends in a chunk', '5\r\nhel'],
    ['has no last chunk', '5\r\nhello\r\n'],
    ['has a size that is no number', 'five\r\nhello\r\n0\r\n\r\n'],
    ['has a trailer without a value', '0\r\nx-amz-checksum-crc32\r\n\r\n'],
  ] as const) {
    it(`refuses a body that ${what}`, async () => {
      await expect(readText(text)).rejects.toMatchObject({ code: 'IncompleteBody' })
    })
  }
})

function readText(text: string) {
  return read([new TextEncoder().encode(text)])
}

async function read(chunks: readonly Uint8Array[]) {
  async function* source() {
    yield* chunks
  }
  const { chunks: contents, trailers } = readAwsChunked(source())
  const pieces: Uint8Array[] = []
  for await (const chunk of contents) pieces.push(chunk)
  return { content: Buffer.concat(pieces).toString(), trailers: Object.fromEntries(trailers) }
}
