import { request } from 'node:http'

/** A request that goes over the wire exactly as it is written here. */
export interface RawRequest {
  readonly method: string
  /** Absolute; path and query are sent as they are, `..` included. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface RawResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
  readonly text: string
  /** S3's error code, where the body is an error document. */
  readonly code?: string
  /** Status and code in one word, such as `403 AccessDenied`. */
  readonly outcome: string
}

/** Sends a request to this machine, whatever host its URL names. */
export function sendRaw({ method, url, headers = {}, body }: RawRequest): Promise<RawResponse> {
  const [, authority = '', target = '/'] = /^http:\/\/([^/?]+)(.*)$/.exec(url) ?? []
  const bytes = body === undefined ? undefined : Buffer.from(body)
  const length = bytes && !hasLength(headers) ? { 'content-length': String(bytes.length) } : {}
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: '127.0.0.1',
      port: authority.split(':')[1],
      method,
      path: target === '' ? '/' : target,
      headers: { host: authority, ...length, ...headers },
      agent: false,
    })
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        resolve(readResponse(incoming.statusCode ?? 0, incoming.headers, Buffer.concat(chunks)))
      })
    })
    outgoing.end(bytes)
  })
}

function hasLength(headers: Readonly<Record<string, string>>): boolean {
  return Object.keys(headers).some((name) => /^(content-length|transfer-encoding)$/i.test(name))
}

function readResponse(
  status: number,
  headers: NodeJS.Dict<string | string[]>,
  body: Buffer,
): RawResponse {
  const text = body.toString()
  const code = /<Error>.*?<Code>(\w+)<\/Code>/s.exec(text)?.[1]
  const flat = Object.entries(headers).map(([name, value]) => [name, value?.toString()])
  const outcome = code === undefined ? String(status) : `${status} ${code}`
  return { status, headers: Object.fromEntries(flat), body, text, code, outcome }
}
