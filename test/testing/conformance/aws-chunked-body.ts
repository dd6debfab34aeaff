import { createHash, createHmac } from 'node:crypto'
import type { RawRequest } from './raw-http.js'
import type { S3UnderTest } from './s3-under-test.js'

export interface ChunkedOptions {
  readonly chunks: readonly string[]
  /** Trailing headers. */
  readonly trailers?: Readonly<Record<string, string>>
  /** Spoils the signature of this chunk. */
  readonly brokenChunk?: number
}

const emptyHash = sha256('')

/** A PUT whose body is sent in signed chunks, made as AWS describes it. */
export async function signedChunksRequest(
  s3: S3UnderTest,
  key: string,
  { chunks, trailers, brokenChunk }: ChunkedOptions,
): Promise<RawRequest> {
  const form = `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${trailers ? '-TRAILER' : ''}`
  const request = await s3.signed({
    method: 'PUT',
    url: s3.url(key),
    headers: chunkedHeaders(form, chunks, trailers),
  })
  const chain = signatureChain(s3, request)
  const framed = [...chunks, ''].map((chunk, index) => {
    const signature = chain.chunk(chunk)
    const shown = index === brokenChunk ? signature.replace(/^./, flipped) : signature
    const end = chunk === '' ? '' : '\r\n'
    return `${Buffer.byteLength(chunk).toString(16)};chunk-signature=${shown}\r\n${chunk}${end}`
  })
  const lines = Object.entries(trailers ?? {}).map(([name, value]) => `${name}:${value}\r\n`)
  if (trailers) {
    lines.push(`x-amz-trailer-signature:${chain.trailers(lines.join('').replaceAll('\r', ''))}\r\n`)
  }
  return { ...request, body: `${framed.join('')}${lines.join('')}\r\n` }
}

/** A PUT whose body is sent in chunks that nothing but its trailing checksum protects. */
export async function unsignedChunksRequest(
  s3: S3UnderTest,
  key: string,
  { chunks, trailers = {} }: ChunkedOptions,
): Promise<RawRequest> {
  const request = await s3.signed({
    method: 'PUT',
    url: s3.url(key),
    headers: chunkedHeaders('STREAMING-UNSIGNED-PAYLOAD-TRAILER', chunks, trailers),
  })
  const framed = chunks.map((chunk) => `${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`)
  const lines = Object.entries(trailers).map(([name, value]) => `${name}:${value}\r\n`)
  return { ...request, body: `${framed.join('')}0\r\n${lines.join('')}\r\n` }
}

function chunkedHeaders(
  form: string,
  chunks: readonly string[],
  trailers: Readonly<Record<string, string>> | undefined,
): Record<string, string> {
  return {
    'content-encoding': 'aws-chunked',
    'x-amz-content-sha256': form,
    'x-amz-decoded-content-length': String(Buffer.byteLength(chunks.join(''))),
    ...(trailers && { 'x-amz-trailer': Object.keys(trailers).join(',') }),
  }
}

function signatureChain({ target }: S3UnderTest, { headers = {} }: RawRequest) {
  const time = headers['x-amz-date'] ?? ''
  const scope = `${time.slice(0, 8)}/${target.region}/s3/aws4_request`
  let key: Buffer = Buffer.from(`AWS4${target.credentials.secretAccessKey}`)
  for (const piece of scope.split('/')) key = createHmac('sha256', key).update(piece).digest()
  let previous = /Signature=(\w+)/.exec(headers.authorization ?? '')?.[1] ?? ''
  const sign = (algorithm: string, ...hashes: string[]) => {
    const text = [algorithm, time, scope, previous, ...hashes].join('\n')
    previous = createHmac('sha256', key).update(text).digest('hex')
    return previous
  }
  return {
    chunk: (content: string) => sign('AWS4-HMAC-SHA256-PAYLOAD', emptyHash, sha256(content)),
    trailers: (lines: string) => sign('AWS4-HMAC-SHA256-TRAILER', sha256(lines)),
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function flipped(digit: string): string {
  return digit === '0' ? '1' : '0'
}
